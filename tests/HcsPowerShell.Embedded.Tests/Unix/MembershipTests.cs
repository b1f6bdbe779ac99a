using System;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Unix;

[SupportedOSPlatform("linux")]
public sealed class MembershipTests : UnixTest
{
    [Theory]
    [InlineData("setsid sh -c 'echo $$; exec sleep 1000' & wait")]
    [InlineData("setsid sh -c 'echo $$; exec sleep 1000' & exit")]
    [InlineData("env -i sh -c 'echo $$; exec sleep 1000' & exit")]
    public async Task A_grandchild_is_listed_and_killed(string script)
    {
        int grandchild = await StartAndReadPid(script);
        await Eventually(() => Sandbox.GetProcesses().Any(p => p.ProcessId == grandchild && p.ImageName == "sleep"), script);
        Assert.True(Sandbox.HasProcesses());
        Sandbox.Kill();
        Assert.False(IsAlive(grandchild));
        Assert.False(Sandbox.HasProcesses());
        Assert.Empty(Sandbox.GetProcesses());
    }

    [Fact]
    public async Task A_process_once_seen_stays_a_member_whatever_it_does()
    {
        // It has no marker, session or parent: the sandbox knows it only because it was seen as the child of a member.
        int grandchild = await StartAndReadPid("env -i setsid sh -c 'echo $$; exec sleep 1000' & read wait");
        await Eventually(() => Members.Contains((uint)grandchild), "listed");
        Started!.StandardInput!.Dispose();
        await ExitOf(Started);
        Assert.Contains((uint)grandchild, Members);
        Sandbox.Kill();
        Assert.False(IsAlive(grandchild));
    }

    [Fact]
    public async Task Neither_this_process_nor_the_guardian_nor_another_sandbox_is_a_member()
    {
        ISandbox other = Isolation.CreateSandbox("other", new ContainerConfig());
        using ISandboxProcess foreign = other.Start(Shell("sleep 1000"));
        using ISandboxProcess own = Sandbox.Start(Command("/bin/sleep", "1000"));
        Assert.Equal([own.ProcessId], Members);
        Assert.True(IsAlive(Isolation.GuardianProcessId!.Value));
        Sandbox.Kill();
        await ExitOf(own);
        Assert.True(IsAlive((int)foreign.ProcessId));
        Assert.True(IsAlive(Isolation.GuardianProcessId!.Value));
        Assert.False(foreign.Exited.IsCompleted);
    }

    [Fact]
    public async Task The_list_says_what_a_process_is()
    {
        const ulong Held = 5_000_000;
        DateTimeOffset before = DateTimeOffset.UtcNow.AddSeconds(-2);
        string folder = Directory.CreateTempSubdirectory().FullName;
        string name = "a name (longer) than fifteen";
        File.Copy("/usr/bin/tail", Path.Combine(folder, name));
        using ISandboxProcess process = Sandbox.Start(
            Command(Path.Combine(folder, name), "-c", $"{Held}", "/dev/stdin") with { StandardInput = true });
        await process.StandardInput!.WriteAsync(new byte[Held], Token);
        await Eventually(() => Sandbox.GetProcesses()[0].MemoryCommitBytes >= Held, "it holds the input");
        ProcessListItem item = Assert.Single(Sandbox.GetProcesses());
        Assert.Equal(process.ProcessId, item.ProcessId);
        Assert.Equal(name, item.ImageName);
        Assert.InRange(item.CreateTimestamp!.Value, before, DateTimeOffset.UtcNow.AddSeconds(2));
        Assert.InRange(item.MemoryCommitBytes!.Value, Held, 10 * Held);
        Assert.InRange(item.MemoryWorkingSetPrivateBytes!.Value, Held / 2, item.MemoryCommitBytes.Value);
        Assert.InRange(item.MemoryWorkingSetSharedBytes!.Value, 4096ul, 10 * Held);
        Assert.NotNull(item.UserTime100ns);
        Assert.NotNull(item.KernelTime100ns);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_tree_that_keeps_forking_is_killed()
    {
        using ISandboxProcess process = Sandbox.Start(Shell("""
            fork() { while :; do (sleep 0.02; exec sleep 100) & sleep 0.01; done; }
            fork & fork & setsid sh -c 'while :; do setsid sleep 100 & sleep 0.01; done' &
            wait
            """));
        await Eventually(() => Sandbox.GetProcesses().Count > 20, "a tree");
        Sandbox.Kill();
        Assert.Equal(137u, await ExitOf(process));
        Assert.False(Sandbox.HasProcesses());
        await Task.Delay(100, Token);
        Assert.False(Sandbox.HasProcesses());
    }

    [Fact]
    public async Task A_process_that_flees_from_session_to_session_is_killed()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        string file = Path.Combine(folder, "hop");
        await File.WriteAllTextAsync(file, "setsid sh $0 &\n", Token);
        using ISandboxProcess process = Sandbox.Start(Command("/bin/sh", file));
        await ExitOf(process);
        await Eventually(Sandbox.HasProcesses, "it hops");
        Sandbox.Kill();
        await Task.Delay(100, Token);
        Assert.False(Sandbox.HasProcesses());
        Directory.Delete(folder, recursive: true);
    }

    private ISandboxProcess? Started { get; set; }

    private async Task<int> StartAndReadPid(string script)
    {
        Started = Sandbox.Start(Shell(script) with { StandardInput = true, StandardOutput = true });
        using StreamReader reader = new(Started.StandardOutput!, leaveOpen: true);
        string? line = await reader.ReadLineAsync(Token).AsTask().Within();
        return int.Parse(line!, null);
    }
}
