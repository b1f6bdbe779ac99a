using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Windows;

public sealed class LifeTests : SandboxTest
{
    [WindowsFact]
    public void An_isolation_that_was_not_used_can_be_disposed() => Isolation.Dispose();

    [WindowsFact]
    public void A_new_sandbox_has_no_processes()
    {
        Assert.False(Sandbox.HasProcesses());
        Assert.Empty(Sandbox.GetProcesses());
        Sandbox.Kill();
    }

    [WindowsFact]
    public async Task Kill_of_a_process_leaves_the_one_it_started()
    {
        (ISandboxProcess process, uint grandchild) = await StartParent(Sandbox);
        process.Kill();
        process.Kill();
        Assert.Equal(137u, await ExitOf(process));
        process.Kill();
        Assert.True(IsAlive(grandchild));
        Assert.True(Sandbox.HasProcesses());
        Assert.Equal([grandchild], ListOf(Sandbox).Select(item => item.ProcessId));
    }

    [WindowsFact]
    public async Task Kill_of_the_sandbox_ends_the_whole_tree()
    {
        (ISandboxProcess process, uint grandchild) = await StartParent(Sandbox);
        uint[] listed = [.. ListOf(Sandbox).Select(item => item.ProcessId)];
        Assert.Contains(process.ProcessId, listed);
        Assert.Contains(grandchild, listed);

        Sandbox.Kill();
        Assert.False(Sandbox.HasProcesses());
        Assert.Empty(Sandbox.GetProcesses());
        Assert.Equal(137u, await ExitOf(process));
        Assert.True(await IsGone(grandchild));
    }

    [WindowsFact]
    public async Task Kill_leaves_other_sandboxes_alone()
    {
        ISandbox other = Isolation.CreateSandbox("other", new ContainerConfig());
        using AtEnd otherEnds = new(other.Dispose);
        using ISandboxProcess mine = await StartReady(Sandbox, Child.Of("sleep"));
        using ISandboxProcess theirs = await StartReady(other, Child.Of("sleep"));
        Sandbox.Kill();
        Assert.Equal(137u, await ExitOf(mine));
        Assert.True(IsAlive(theirs.ProcessId));
        Assert.Equal([theirs.ProcessId], ListOf(other).Select(item => item.ProcessId));
    }

    [WindowsFact]
    public async Task Shutdown_ends_the_tree_as_the_end_of_its_console_would()
    {
        (ISandboxProcess process, uint grandchild) = await StartParent(Sandbox);
        Sandbox.Shutdown();
        Assert.Equal(0xC000013Au, await ExitOf(process));
        Assert.True(await IsGone(grandchild));
    }

    [WindowsFact]
    public async Task Disposing_the_sandbox_leaves_nothing()
    {
        (ISandboxProcess process, uint grandchild) = await StartParent(Sandbox);
        Sandbox.Dispose();
        await ExitOf(process);
        Assert.True(await IsGone(grandchild));
    }

    [WindowsFact]
    public async Task Disposing_the_isolation_leaves_nothing()
    {
        (ISandboxProcess process, uint grandchild) = await StartParent(Sandbox);
        Isolation.Dispose();
        await ExitOf(process);
        Assert.True(await IsGone(grandchild));
        HcsException late = Assert.Throws<HcsException>(() => Isolation.CreateSandbox("late", new ContainerConfig()));
        Assert.Equal(HResult.ServiceDisconnect, late.HResult);
    }

    [WindowsFact]
    public async Task Killing_the_owner_leaves_nothing()
    {
        // The owner is not in the sandbox of this test, so only the owner's own job objects can end its processes.
        using Process owner = Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!, [ChildProgram.Marker, "owner"])
            {
                RedirectStandardOutput = true,
            })!;
        uint child = uint.Parse((await owner.StandardOutput.ReadLineAsync(Token))!, CultureInfo.InvariantCulture);
        uint grandchild = uint.Parse((await owner.StandardOutput.ReadLineAsync(Token))!, CultureInfo.InvariantCulture);
        Assert.True(IsAlive(child));
        Assert.True(IsAlive(grandchild));

        owner.Kill();
        Assert.True(await IsGone(child));
        Assert.True(await IsGone(grandchild));
    }

    private static async Task<(ISandboxProcess Process, uint Grandchild)> StartParent(ISandbox sandbox)
    {
        ISandboxProcess process = sandbox.Start(Child.Of("parent") with { StandardOutput = true });
        string line = await ReadLine(process.StandardOutput!);
        return (process, uint.Parse(line, CultureInfo.InvariantCulture));
    }
}
