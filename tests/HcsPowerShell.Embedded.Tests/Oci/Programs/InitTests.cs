using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Embedded.Tests.Unix;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci.Programs;

/// <summary>Tests the first process of a container, in its own process id namespace.</summary>
public sealed class InitTests : IClassFixture<ProgramImages>, IDisposable
{
    private readonly ProgramImages _images;
    private ChildProcess? _unshare;
    private int _init;

    public InitTests(ProgramImages images)
    {
        OciMachine.SkipUnlessPossible();
        _images = images;
    }

    public static TheoryData<string, string> Images => ProgramImages.All;

    public void Dispose()
    {
        if (_init > 0)
        {
            Signal.Send(_init, Libc.SIGKILL);
        }
    }

    [Theory]
    [MemberData(nameof(Images))]
    public async Task SIGTERM_from_outside_ends_it_and_what_is_beside_it(string origin, string processor)
    {
        await StartAsync(origin, processor);
        using Process beside = Process.Start("/usr/bin/nsenter", Inside("exec sleep 1000"));
        await Waits.Until(() => Children(beside.Id).Any());
        int sleep = Children(beside.Id).Single().Key.ProcessId;
        Signal.Send(_init, Libc.SIGTERM);
        Assert.Equal(0u, await _unshare!.Exited.Within());
        await Waits.Until(() => !UnixTest.IsAlive(sleep));
    }

    [Theory]
    [MemberData(nameof(Images))]
    public async Task No_other_signal_ends_it(string origin, string processor)
    {
        await StartAsync(origin, processor);

        // An emulator treats the signals of processor faults as its own: SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGSEGV.
        int[] emulators = _images.Command(origin, "init", processor).Length > 1 ? [4, 5, 7, 8, 11] : [];
        int[] others =
            [.. Enumerable.Range(1, 31).Except([Libc.SIGKILL, Libc.SIGTERM, Libc.SIGSTOP]).Except(emulators)];
        Array.ForEach(others, signal => Signal.Send(_init, signal));
        await RunInsideAsync("for signal in HUP INT QUIT TERM KILL STOP USR1; do kill -$signal 1; done");
        await AssertLivesAsync();
    }

    // The numbers of rt_sigqueueinfo, and a siginfo_t of SIGTERM with SI_QUEUE that claims process 0 as the sender.
    [Theory]
    [MemberData(nameof(Images))]
    public async Task A_process_inside_cannot_pass_for_one_outside(string origin, string processor)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/perl"), "Needs the package perl-base.");
        await StartAsync(origin, processor);
        await RunInsideAsync(
            """
            number=$(case $(uname -m) in x86_64) echo 129 ;; *) echo 138 ;; esac)
            perl -e 'my $info = pack("iiiiii", 15, 0, -1, 0, 0, 0) . "\0" x 104;
                syscall($ARGV[0] + 0, 1, 15, $info) == 0 or die $!' "$number"
            """);
        await AssertLivesAsync();
    }

    [Theory]
    [MemberData(nameof(Images))]
    public async Task It_reaps_orphans(string origin, string processor)
    {
        await StartAsync(origin, processor);
        await RunInsideAsync("for i in 1 2 3 4 5 6 7 8; do (sleep 1000 &); (exit 3 &); done");
        await Waits.Until(() => Children(_init).Count() == 8);
        Array.ForEach([.. Children(_init)], orphan => Signal.Send(orphan.Key.ProcessId, Libc.SIGKILL));
        await Waits.Until(() => !Children(_init).Any());
        await AssertLivesAsync();
    }

    [Theory]
    [MemberData(nameof(Images))]
    public async Task It_closes_the_file_it_was_started_from(string origin, string processor)
    {
        using FileDescriptor file = new(Libc.open(CString.From("/etc/passwd"), Libc.O_RDONLY | Libc.O_CLOEXEC));
        using FileDescriptor copy = file.OutOfTheWay();
        await StartAsync(origin, processor, copy);
        Assert.DoesNotContain("/etc/passwd", Directory.GetFiles($"/proc/{_init}/fd").Select(Symlink.Read));
    }

    private static IEnumerable<ProcStat> Children(int parent) => Directory.GetDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), out int id) ? ProcStat.Read(new ProcReader(), id) : null)
        .OfType<ProcStat>()
        .Where(process => process.ParentId == parent);

    private async Task StartAsync(string origin, string processor, FileDescriptor? fromFile = null)
    {
        string[] init = _images.Command(origin, "init", processor);
        _unshare = ChildProcess.StartTool(
            "/usr/bin/unshare", ["unshare", "--pid", "--fork", "--", .. init], [], [null, null, null, fromFile]);
        _unshare.Watch(usePidfd: true);

        await Waits.Until(() => Children(_unshare.Key.ProcessId).Any());
        _init = Children(_unshare.Key.ProcessId).Single().Key.ProcessId;
        await Waits.Until(IsWaiting);
    }

    // The process is in rt_sigtimedwait, by the number of that call on this machine.
    private bool IsWaiting() => File.ReadAllText($"/proc/{_init}/syscall")
        .StartsWith(RuntimeInformation.OSArchitecture == Architecture.X64 ? "128 " : "137 ", StringComparison.Ordinal);

    private string[] Inside(string script) => ["--target", $"{_init}", "--pid", "--", "/bin/sh", "-c", script];

    private async Task RunInsideAsync(string script)
    {
        using Process process = Process.Start("/usr/bin/nsenter", Inside(script));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).Within();
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>Requires that init has received every signal that was sent, and lives.</summary>
    private async Task AssertLivesAsync()
    {
        await Waits.Until(() => File.ReadLines($"/proc/{_init}/status").Contains("ShdPnd:\t0000000000000000"));
        await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.True(IsWaiting());
        Assert.True(UnixTest.IsAlive(_init));
        Assert.False(_unshare!.Exited.IsCompleted);
    }
}
