using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Contract;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Windows;

public sealed class HandleTests : SandboxTest
{
    [WindowsFact]
    public async Task No_handle_is_left_after_many_processes_and_sandboxes()
    {
        for (int i = 0; i < 20; i++)
        {
            await Cycle();
        }

        uint before = HandleCount();
        for (int i = 0; i < 200; i++)
        {
            await Cycle();
        }

        // The runtime opens a few handles; a leak would be 200 or more.
        Assert.InRange(HandleCount(), 1u, before + 20);
    }

    private async Task Cycle()
    {
        ISandbox sandbox = Isolation.CreateSandbox("cycle", new ContainerConfig());
        using AtEnd sandboxEnds = new(sandbox.Dispose);
        using ISandboxProcess process = await StartReady(sandbox, Child.Waiting);
        sandbox.Pause();
        sandbox.Resume();
        _ = sandbox.GetStatistics();
        process.StandardInput!.Write("\r\n"u8);
        await ReadToEnd(process.StandardOutput!);
        Assert.Equal(3u, await ExitOf(process));

        // In the module, a handle on the process closes the streams.
        process.StandardInput.Dispose();
        process.StandardOutput!.Dispose();
        process.StandardError?.Dispose();
        Assert.ThrowsAny<Exception>(() => sandbox.Start(Child.OfCommand("") with { Executable = @"C:\missing.exe" }));
    }

    private static uint HandleCount()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        if (Wine.IsHost)
        {
            return HighestNewHandle();
        }

        Assert.True(TestNative.GetProcessHandleCount(TestNative.GetCurrentProcess(), out uint count));
        return count;
    }

    // Wine always counts 0, but it gives out the lowest free number, in steps of 4, and fills gaps first.
    private static uint HighestNewHandle()
    {
        ManualResetEvent[] events = [.. Enumerable.Range(0, 64).Select(_ => new ManualResetEvent(false))];
        uint highest = events.Max(one => (uint)one.SafeWaitHandle.DangerousGetHandle() / 4);
        Array.ForEach(events, one => one.Dispose());
        return highest;
    }
}
