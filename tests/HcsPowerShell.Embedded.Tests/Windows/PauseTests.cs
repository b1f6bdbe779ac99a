using System;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Windows;

public sealed class PauseTests : SandboxTest
{
    [WindowsFact]
    public async Task A_paused_program_stands_still_until_it_is_resumed()
    {
        using ISandboxProcess process = await StartReady(Sandbox, Child.Of("count"));

        Sandbox.Pause();
        Sandbox.Pause();
        byte[] rest = new byte[64 * 1024];
        Task<int> read = process.StandardOutput!.ReadAsync(rest, 0, rest.Length, Token);

        // The pipe still holds the output from before the pause.
        for (int i = 0; i < 5 && await Task.WhenAny(read, Task.Delay(500, Token)) == read; i++)
        {
            read = process.StandardOutput!.ReadAsync(rest, 0, rest.Length, Token);
        }

        await Task.Delay(500, Token);
        Assert.False(read.IsCompleted);

        Sandbox.Resume();
        Assert.NotEqual(0, await read.Within());
    }

    [WindowsFact]
    public async Task A_paused_sandbox_can_be_killed()
    {
        using ISandboxProcess process = await StartReady(Sandbox, Child.Of("sleep"));
        Sandbox.Pause();
        Sandbox.Kill();
        Assert.Equal(137u, await ExitOf(process));
        Sandbox.Resume();
    }
}
