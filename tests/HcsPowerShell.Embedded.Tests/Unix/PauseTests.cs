using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Unix;

public sealed class PauseTests : UnixTest
{
    private const string BusyTree = "while :; do :; done & setsid sh -c 'while :; do :; done' & wait";

    [Fact]
    public async Task Paused_processes_use_no_time_and_go_on_when_resumed()
    {
        using ISandboxProcess process = Sandbox.Start(Shell(BusyTree));
        await Eventually(() => Sandbox.GetProcesses().Count(p => p.UserTime100ns > 0) == 2, "both run");
        Sandbox.Pause();
        ulong atPause = UserTime();
        Stopwatch elapsed = Stopwatch.StartNew();
        while (elapsed.ElapsedMilliseconds < 300)
        {
            await Task.Delay(20, Token);
            Assert.Equal(atPause, UserTime());
        }

        Sandbox.Resume();
        await Eventually(() => UserTime() > atPause, "they go on");
        Assert.False(process.Exited.IsCompleted);
    }

    [Fact]
    public async Task Kill_works_while_paused()
    {
        using ISandboxProcess process = Sandbox.Start(Shell(BusyTree));
        await Eventually(() => Sandbox.GetProcesses().Count == 3, "the tree");
        Sandbox.Pause();
        Sandbox.Kill();
        Assert.Equal(137u, await ExitOf(process));
        Assert.False(Sandbox.HasProcesses());
    }

    [Fact]
    public void An_empty_sandbox_pauses_resumes_and_shuts_down()
    {
        Sandbox.Pause();
        Sandbox.Resume();
        Sandbox.Shutdown();
        Sandbox.Kill();
        Assert.Null(Isolation.GuardianProcessId);
    }

    private ulong UserTime() => Sandbox.GetProcesses().Aggregate(0ul, (sum, p) => sum + p.UserTime100ns!.Value);
}
