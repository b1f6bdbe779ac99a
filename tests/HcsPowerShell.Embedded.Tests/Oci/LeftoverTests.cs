using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Oci;
using HcsPowerShell.Embedded.Linux.Oci.State;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Embedded.Tests.Unix;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>Tests that nothing is left of a host: no folder, mount, control group, loop device or process.</summary>
public sealed class LeftoverTests : MountTest
{
    // A container that was not killed lives longer, for the guardian is stopped.
    private static readonly TimeSpan s_death = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Nothing_is_left_when_the_host_is_killed_in_the_middle()
    {
        // The kernel removes a veth pair together with the namespace of one of its ends.
        string inside = "h" + Guid.NewGuid().ToString("N")[..10];
        string outside = inside + "o";
        Run("ip", "link", "add", inside, "type", "veth", "peer", "name", outside);
        try
        {
            (Process process, string host, int guardian) = await StartHostAsync(NewFolder(inside));
            Assert.NotEmpty(Traces.Of(host));
            Assert.NotEmpty(Traces.LoopDevices(Folder));
            Assert.False(Directory.Exists($"/sys/class/net/{inside}"));
            Assert.True(Directory.Exists($"/sys/class/net/{outside}"));
            process.Kill();
            await Eventually(() => !UnixTest.IsAlive(guardian), "the guardian goes");
            await Eventually(() => Traces.Of(host).Count == 0, "nothing is left");
            await Eventually(() => !Traces.LoopDevices(Folder).Any(), "no loop device is left");
            await Eventually(() => !Directory.Exists($"/sys/class/net/{outside}"), "no network namespace is left");
        }
        finally
        {
            if (Directory.Exists($"/sys/class/net/{outside}"))
            {
                Run("ip", "link", "delete", outside);
            }
        }
    }

    [Fact]
    public async Task A_scratch_and_disks_are_let_go_only_when_the_container_is_dead()
    {
        (Process process, string host, int guardian) = await StartHostAsync();
        string[] images =
            [.. new[] { "scratch.ext4", "attached.img", "mounted.ext4", "added.ext4" }.Select(name => Path.Combine(Folder, name))];
        using FileDescriptor container = OpenFirstProcess(host, "image");

        // The guardian is stopped, so that the test can see what the end of the host alone releases.
        Signal.Send(guardian, Libc.SIGSTOP);
        process.Kill();
        await process.WaitForExitAsync(Token).Within();
        string[] attached = [.. Traces.LoopDevices(Folder).Select(file => file.TrimEnd())];
        string[] free = [.. images.Where(Traces.IsFree)];

        // Another start, in a test that runs at the same time, may have ended the container meanwhile. What it has mounted
        // is free a moment before it is dead.
        if (!container.WaitUntilReadable(free.Length > 0 ? s_death : TimeSpan.Zero))
        {
            Assert.Equal(images.Order(), attached.Order());
            Assert.Empty(free);
        }

        Signal.Send(guardian, Libc.SIGCONT);
        await Eventually(() => images.All(Traces.IsFree), "all is free");
        Assert.True(container.WaitUntilReadable(TimeSpan.Zero), "The container lives when what it writes to is free.");
        await Eventually(() => Traces.Of(host).Count == 0, "nothing is left");
        await Eventually(() => !Traces.LoopDevices(Folder).Any(), "no loop device is left");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_next_start_removes_what_a_killed_guardian_could_not(bool hasRuncForgotten)
    {
        (Process process, string host, int guardian) = await StartHostAsync();
        Assert.NotEmpty(Traces.Of(host));
        Signal.Send(guardian, Libc.SIGKILL);
        process.Kill();
        await process.WaitForExitAsync(Token).Within();
        await Eventually(() => !UnixTest.IsAlive(guardian), "the guardian is gone");
        if (hasRuncForgotten)
        {
            // Simulates a host that was killed before runc recorded what it had made. A start in another test may be
            // removing the folder at the same time.
            Run("rm", "-rf", Path.Combine(HostFolder.Root, host, "runc"));
        }

        await CreateAsync();

        // Another start, in a test that runs at the same time, may have begun the cleanup and not finished it.
        await Eventually(() => Traces.Of(host).Count == 0, "nothing is left of the host");
        await Eventually(() => !Traces.LoopDevices(Folder).Any(), "no loop device is left");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_killed_session_leaves_nothing_mounted_and_every_scratch_whole(bool isGuardianKilled)
    {
        string layer = Base();
        foreach (string name in new[] { "folder", "image", "used", "often" })
        {
            await ScratchAsync(name, name == "image" ? 16 * MiB : 0, layer);
        }

        (Process process, string host, int guardian) = await StartHostAsync(argument: OciHost.MountArgument);
        Assert.Empty(new[] { "folder", "image", "used" }.Select(Scratch).Except(Mounted()));
        string volume = MountedScratch.Of(Scratch("folder"))!.Volume;
        using (FileStream busy = File.OpenRead(Path.Combine(volume, "file")))
        {
            if (isGuardianKilled)
            {
                // A host that ran on would start another one for its next mount.
                Signal.Send(process.Id, Libc.SIGSTOP);
                Signal.Send(guardian, Libc.SIGKILL);
            }

            process.Kill();
            await process.WaitForExitAsync(Token).Within();
            if (isGuardianKilled)
            {
                // What a dead host has mounted, this one dismounts, unless another start has begun to clean up.
                await Layers.DismountAsync(Scratch("image"), Patient);
                Assert.DoesNotContain(Scratch("image"), Mounted());
                await MountAsync(Scratch("image"));
                await Layers.DismountAsync(Scratch("image"), Patient);
            }

            await Eventually(() => Mounted().Length == 0, "nothing is mounted");
            await Eventually(() => Traces.Of(host).Count == 0, "nothing is left of the host");
        }

        await Eventually(() => !Traces.LoopDevices(Folder).Any(), "no loop device is left");
        Assert.Equal("written", File.ReadAllText(Path.Combine(Folder, "folder", "upper", "file")));
        foreach (string name in new[] { "folder", "image", "used", "often" })
        {
            await Eventually(() => IsFree(Scratch(name)), $"'{name}' is free");
            string again = await MountAsync(Scratch(name));
            Assert.True(File.Exists(Path.Combine(again, "bin", "busybox")));
            Assert.Equal(name is "folder" or "image", File.Exists(Path.Combine(again, "file")));
            await Layers.DismountAsync(Scratch(name), Patient);
        }

        string Scratch(string name) => Path.Combine(Folder, name);
    }

    [Fact]
    public async Task A_mounted_scratch_is_let_go_only_when_its_container_is_dead()
    {
        foreach (string name in new[] { "folder", "image", "used", "often" })
        {
            await ScratchAsync(name, 0, Base("base of " + name));
        }

        (Process process, string host, int guardian) = await StartHostAsync(argument: OciHost.MountArgument);
        string used = Path.Combine(Folder, "used");
        using FileDescriptor container = OpenFirstProcess(host, Path.GetFileName(Folder));
        Signal.Send(guardian, Libc.SIGSTOP);
        process.Kill();
        await process.WaitForExitAsync(Token).Within();
        bool isFree = IsFree(used);

        // Another start, in a test that runs at the same time, may have ended the container meanwhile.
        if (!container.WaitUntilReadable(isFree ? s_death : TimeSpan.Zero))
        {
            Assert.False(isFree);
        }

        Signal.Send(guardian, Libc.SIGCONT);
        await Eventually(() => IsFree(used), "it is free");
        Assert.True(container.WaitUntilReadable(TimeSpan.Zero), "The container lives when what it writes to is free.");
        await Eventually(() => Traces.Of(host).Count == 0, "nothing is left");
    }

    [Fact]
    public async Task The_removal_never_goes_through_what_cannot_be_taken_away()
    {
        string host = Guid.NewGuid().ToString("N")[..12];
        string place = Path.Combine(HostFolder.Root, host);
        string kept = Path.Combine(place, "mounts", "1-kept", "file");
        Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
        await File.WriteAllTextAsync(kept, "kept", Token);
        string mounted = Path.Combine(NewFolder("mounted"), "file");
        await File.WriteAllTextAsync(mounted, "kept", Token);
        string mount = Path.Combine(place, "mounts", "0-mounted");
        Directory.CreateDirectory(mount);
        Run("mount", "--bind", Path.GetDirectoryName(mounted)!, mount);
        using AtEnd unmount = new(() => Run("sh", "-c", "umount -q \"$1\" || :", "sh", mount));
        ChildProcess script = Guardian.Begin(LeftoversScript.Text, Leftovers.Arguments(host, RuncProgram.Find()!));
        Assert.Equal(1u, await script.Exited.Within());
        Assert.Equal(("kept", "kept"), (File.ReadAllText(kept), File.ReadAllText(mounted)));
        Assert.False(Directory.Exists(mount));

        // As after a restart of the machine: an empty folder where something was mounted.
        File.Delete(kept);
        script = Guardian.Begin(LeftoversScript.Text, Leftovers.Arguments(host, RuncProgram.Find()!));
        Assert.Equal(0u, await script.Exited.Within());
        Assert.False(Directory.Exists(place));
    }

    [Fact]
    public async Task A_runc_that_hangs_does_not_keep_the_rest()
    {
        string host = Guid.NewGuid().ToString("N")[..12];
        string place = Path.Combine(HostFolder.Root, host);
        string runc = Path.Combine(Folder, "runc");

        // Another process writes the program. A child of another test could still have it open for writing, and its
        // start would fail.
        await File.WriteAllTextAsync(runc + ".text", $"#!/bin/sh\necho $$ >>'{Folder}/hanging'\nexec sleep 1000\n", Token);
        Run("install", "-m", "500", runc + ".text", runc);
        foreach (string name in new[] { "a", "b", "c" })
        {
            Directory.CreateDirectory(Path.Combine(place, "bundles", name));
        }

        ChildProcess script = Guardian.Begin(LeftoversScript.Text, Leftovers.Arguments(host, runc));
        Assert.Equal(0u, await script.Exited.Within(TimeSpan.FromSeconds(25)));
        Assert.False(Directory.Exists(place));
        string[] hanging = await File.ReadAllLinesAsync(Path.Combine(Folder, "hanging"), Token);
        Assert.False(UnixTest.IsAlive(int.Parse(Assert.Single(hanging), null)));
    }

    [Fact]
    public async Task Two_hosts_do_not_touch_each_other()
    {
        IContainer mine = await StartAsync(id: "busy");
        IProcess process = await BeginAsync(mine, "sleep", "1000");
        (Process other, string host, _) = await StartHostAsync();
        other.Kill();
        await Eventually(() => Traces.Of(host).Count == 0, "nothing is left of the other");
        Assert.False(process.Exited.IsCompleted);
        Assert.Equal("alive", await OutputAsync(mine, "echo alive"));
        process.Close();
    }

    [Fact]
    public async Task Nothing_is_left_of_an_isolation_that_was_disposed_and_its_guardian_goes()
    {
        OciIsolation isolation = new(RuncProgram.Find()!);
        ISandbox sandbox = isolation.CreateSandbox("one", new ContainerConfig());
        isolation.CreateSandbox("two", new ContainerConfig());
        sandbox.Begin();
        using ISandboxProcess process = sandbox.Start(UnixTest.Shell("sleep 1000"));
        string host = isolation.HostName!;
        int guardian = isolation.GuardianProcessId!.Value;
        isolation.Dispose();
        Assert.Equal(137u, await process.ExitCodeAsync());
        await Eventually(() => !UnixTest.IsAlive(guardian), "the guardian goes");
        Assert.Empty(Traces.Of(host));
        HcsException late = Assert.Throws<HcsException>(() => isolation.CreateSandbox("late", new ContainerConfig()));
        Assert.Equal(HResult.ServiceDisconnect, late.HResult);
    }

    [Fact]
    public async Task Nothing_is_left_of_a_container_that_could_not_be_made()
    {
        OciIsolation isolation = new(RuncProgram.Find()!);
        isolation.CreateSandbox("good", new ContainerConfig());
        string host = isolation.HostName!;
        string[] before = [.. Traces.Places(host)];
        Assert.NotEmpty(before);
        string file = Path.Combine(Folder, "file");
        await File.WriteAllTextAsync(file, "x", Token);

        // The host has a read-only file at this place, where a folder cannot be mounted.
        ContainerConfig bad = new()
        {
            MappedDirectories = [new MappedDir { HostPath = Folder, ContainerPath = "/etc/passwd" }],
        };
        HcsException e = Assert.Throws<HcsException>(() => isolation.CreateSandbox("bad", bad));
        Assert.Contains("/etc/passwd", e.ResultDocument!, StringComparison.Ordinal);

        // Compares places only, because the process that cleans up exists for a moment.
        await Eventually(() => before.Order().SequenceEqual(Traces.Places(host).Order()), "nothing but the good one is left");
        isolation.Dispose();
    }

    [Fact]
    public async Task A_container_ended_by_another_hand_has_exited_unexpectedly()
    {
        IContainer container = await StartAsync();
        IProcess process = await BeginAsync(container, "sleep", "1000");
        string group = Traces.ControlGroups(container.Id)[0];
        int first = int.Parse((await File.ReadAllLinesAsync(Path.Combine(group, "cgroup.procs"), Token))[0], null);
        Signal.Send(first, Libc.SIGTERM);
        Assert.Equal("UnexpectedExit", (await container.Exited.Within()).ExitType);
        Assert.Equal(137u, (await process.Exited.Within()).ExitCode);
        await Eventually(() => Traces.ControlGroups(container.Id).Count == 0, "its control groups are gone");
        process.Close();
    }

    [Fact]
    public async Task Fifty_at_once_run_and_go()
    {
        IContainer[] containers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(i => Task.Run(() => StartAsync(id: $"many {i}"), Token)));
        string[] names = await Task.WhenAll(containers.Select(
            (container, i) => Task.Run(() => OutputAsync(container, $"echo {i} $$"), Token)));
        Assert.Equal(Enumerable.Range(0, 50), names.Select(name => int.Parse(name.Split(' ')[0], null)));
        await Task.WhenAll(containers.Select(container => container.TerminateAsync(Patient))).Within();
        await Task.WhenAll(containers.Select(container => container.Exited)).Within();

        // On a busy machine the exit is told before the removal has ended.
        await Eventually(
            () => containers.All(container => Traces.ControlGroups(container.Id).Count == 0), "the control groups of all are gone");
    }

    private static FileDescriptor OpenFirstProcess(string host, string id)
    {
        string group = Traces.ControlGroups(id).First(path => path.Contains($"/hcs-{host}-", StringComparison.Ordinal));
        int first = File.ReadLines(Path.Combine(group, "cgroup.procs")).Min(line => int.Parse(line, null));
        return new FileDescriptor(Libc.pidfd_open(first));
    }

    private async Task<(Process Process, string Host, int Guardian)> StartHostAsync(
        string? folder = null, string argument = OciHost.Argument)
    {
        ProcessStartInfo info = new(
            Path.Combine(AppContext.BaseDirectory, "HcsPowerShell.Embedded.Tests"), [argument, folder ?? Folder])
        {
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(info)!;
        Programs.Add(process);
        string? host = await process.StandardOutput.ReadLineAsync(Token).AsTask().Within();
        string? guardian = await process.StandardOutput.ReadLineAsync(Token).AsTask().Within();
        return (process, host!, int.Parse(guardian!, null));
    }
}
