using System;
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

/// <summary>Tests the keeper with shell scripts instead of runc.</summary>
public sealed class KeeperTests(ProgramImages images) : IClassFixture<ProgramImages>, IDisposable
{
    private const int LowestHeld = 6;

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private FileDescriptor? _hold;
    private FileDescriptor? _status;
    private ChildProcess? _keeper;

    public static TheoryData<string, string> Images => ProgramImages.All;

    public void Dispose()
    {
        _hold?.Dispose();
        _status?.Dispose();
        _keeper?.Kill();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Images))]
    public async Task It_ends_with_the_exit_code(string origin, string processor)
    {
        Start(origin, processor, "exit 7");
        Assert.Equal(7 << 8, Status());
        Assert.Equal(7u, await EndAsync());
    }

    [Theory]
    [MemberData(nameof(Images))]
    public async Task It_ends_with_128_and_the_signal(string origin, string processor)
    {
        Start(origin, processor, "kill -TERM $$");
        Assert.Equal(Libc.SIGTERM, Status());
        Assert.Equal(128u + Libc.SIGTERM, await EndAsync());
    }

    [Theory]
    [MemberData(nameof(Images))]
    public async Task A_program_that_is_not_there_is_127(string origin, string processor)
    {
        StartCommand(origin, processor, [], Path.Combine(_folder, "none"));
        Assert.Equal(127 << 8, Status());
        Assert.Equal(127u, await EndAsync());
    }

    [Theory]
    [MemberData(nameof(Images))]
    public async Task Environment_and_arguments_are_handed_on(string origin, string processor)
    {
        const string Script = "[ \"$1\" = 'a b' ] && [ -z \"$2\" ] && exit $CODE";
        StartCommand(origin, processor, [], "/bin/sh", "-c", Script, "sh", "a b", "");
        Assert.Equal(3 << 8, Status());
        Assert.Equal(3u, await EndAsync());
    }

    // Other tests do not cover this call of an emulated keeper: they make it beforehand, because the emulator refuses
    // it.
    [Theory]
    [InlineData("embedded")]
    [InlineData("built")]
    public async Task One_for_the_other_processor_asks_to_become_the_parent_of_orphans(string origin)
    {
        string other = RuntimeInformation.OSArchitecture == Architecture.X64 ? "arm64" : "x64";
        string[] command = images.Command(origin, "keeper", other);
        ProcessStartInfo info = new(command[^2], ["-strace", command[^1], "/bin/true"]) { RedirectStandardError = true };
        using Process keeper = Process.Start(info)!;
        string calls = await keeper.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken).Within();
        Assert.Contains(" prctl(36,1,", calls, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Images))]
    public async Task What_is_left_behind_gives_the_exit_code_and_is_a_zombie_until_it_was_looked_at(
        string origin, string processor)
    {
        Start(origin, processor, $"(echo $(exec sh -c 'echo $PPID') >{_folder}/left; exec sh -c 'exit 5') & exit 0");
        Assert.Equal(0, Status());
        string file = Path.Combine(_folder, "left");
        await Waits.Until(() => File.Exists(file) && File.ReadAllText(file).EndsWith('\n'));
        int left = int.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), null);
        await Waits.Until(() => ProcStat.Read(new ProcReader(), left) is { IsAlive: false });
        Assert.Equal(_keeper!.Key.ProcessId, ProcStat.Read(new ProcReader(), left)!.ParentId);
        Assert.False(_keeper.Exited.IsCompleted);
        Assert.Equal(5u, await EndAsync());
        Assert.Null(ProcStat.Read(new ProcReader(), left));
    }

    [Theory]
    [MemberData(nameof(Images))]
    public async Task Killed_while_runc_runs_it_takes_runc_along(string origin, string processor)
    {
        string file = Path.Combine(_folder, "runc");
        Start(origin, processor, $"echo $$ >{file}; exec sleep 1000");
        await Waits.Until(() => File.Exists(file) && File.ReadAllText(file).EndsWith('\n'));
        int runc = int.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), null);
        _keeper!.Kill();
        await Waits.Until(() => ProcStat.Read(new ProcReader(), runc) is not { IsAlive: true }, what: "runc ends");
    }

    [Theory]
    [MemberData(nameof(Images))]
    public async Task It_ends_when_the_last_that_was_left_behind_has(string origin, string processor)
    {
        // The processes read until the input ends; the orphan of an orphan takes a little longer.
        using Pipe input = Pipe.Create(childReads: true);
        using FileDescriptor writer = input.TakeOwnEnd();
        Start(origin, processor, "((cat; sleep 0.2; exit 9) <&3 & ) & (cat; exit 4) <&3 & exit 0", passed: input.ChildEnd);
        input.ChildEnd.Dispose();
        Assert.Equal(0, Status());
        _hold!.Dispose();
        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.False(_keeper!.Exited.IsCompleted);
        writer.Dispose();
        Assert.Equal(9u, await EndAsync());
    }

    [Theory]
    [MemberData(nameof(Images))]
    public async Task It_keeps_what_is_held_and_hands_on_what_is_passed_only(string origin, string processor)
    {
        string passed = Path.Combine(_folder, "passed");
        string held = Path.Combine(_folder, "held");
        using FileDescriptor passedFile = Create(passed);
        using FileDescriptor heldFile = Create(held);
        Start(
            origin,
            processor,
            $"ls -l /proc/$$/fd >{_folder}/seen; mv {_folder}/seen {_folder}/list; sleep 1000 & exit 0",
            passedFile,
            heldFile);
        Assert.Equal(0, Status());
        string list = await File.ReadAllTextAsync(Path.Combine(_folder, "list"), TestContext.Current.CancellationToken);
        Assert.Contains($" 3 -> {passed}", list, StringComparison.Ordinal);
        Assert.DoesNotContain(" 4 -> ", list, StringComparison.Ordinal);
        Assert.DoesNotContain(" 5 -> ", list, StringComparison.Ordinal);
        Assert.DoesNotContain(held, list, StringComparison.Ordinal);

        // The keeper itself has only the pipe that holds the zombie, and the held descriptor.
        string folder = $"/proc/{_keeper!.Key.ProcessId}/fd";
        await Waits.Until(() => Numbers(folder).Intersect([0, 1, 2, 3, 4]).ToArray() is []);
        Assert.Contains(5, Numbers(folder));
        Assert.Contains(held, Directory.GetFiles(folder).Select(Symlink.Read));
        Assert.DoesNotContain(passed, Directory.GetFiles(folder).Select(Symlink.Read));
        KillChild();
        Assert.Equal(137u, await EndAsync());
    }

    [Theory]
    [MemberData(nameof(Images))]
    public async Task A_keeper_that_is_killed_lets_go_and_leaves_its_process_alone(string origin, string processor)
    {
        Start(origin, processor, "sleep 1000 & exit 0");
        Assert.Equal(0, Status());
        int left = Child();
        _keeper!.Kill();
        Assert.Equal(137u, await EndAsync());
        Assert.True(UnixTest.IsAlive(left));
        Signal.Send(left, Libc.SIGKILL);
    }

    private static FileDescriptor Create(string path)
    {
        File.WriteAllText(path, string.Empty);
        int number = Libc.open(CString.From(path), Libc.O_RDWR | Libc.O_CLOEXEC);
        return new FileDescriptor(number).OutOfTheWay();
    }

    private static int[] Numbers(string folder) =>
        [.. Directory.GetFiles(folder).Select(file => int.Parse(Path.GetFileName(file), null))];

    private void Start(
        string origin, string processor, string script, FileDescriptor? passed = null, FileDescriptor? held = null) =>
        StartCommand(origin, processor, [passed, held], "/bin/sh", "-c", script);

    private void StartCommand(string origin, string processor, FileDescriptor?[] files, params string[] command)
    {
        string[] keeper = images.Command(origin, "keeper", processor);
        using Pipe status = Pipe.Create(childReads: false);
        using Pipe hold = Pipe.Create(childReads: true);
        using FileDescriptor? held = files.ElementAtOrDefault(1)?.Duplicate(LowestHeld + 1);
        FileDescriptor?[] descriptors = [null, null, null, files.ElementAtOrDefault(0), status.ChildEnd, hold.ChildEnd];
        _keeper = ChildProcess.StartTool(
            keeper[0],
            [.. keeper, .. command],
            ["CODE=3", "PATH=/usr/bin:/bin"],
            held is null ? descriptors : [.. descriptors, held]);
        _keeper.Watch(usePidfd: true);
        _hold = hold.TakeOwnEnd();
        _status = status.TakeOwnEnd();
    }

    /// <summary>Returns the wait status of the program that replaces runc.</summary>
    private int Status()
    {
        byte[] word = new byte[sizeof(int) + 1];
        Assert.True(_status!.WaitUntilReadable(Waits.Limit));
        Assert.Equal(sizeof(int), Libc.read(_status, ref word[0], word.Length));
        Assert.True(_status.WaitUntilReadable(Waits.Limit));
        Assert.Equal(0, Libc.read(_status, ref word[^1], 1));
        return BitConverter.ToInt32(word, 0);
    }

    private async Task<uint?> EndAsync()
    {
        _hold!.Dispose();
        return await _keeper!.Exited.Within();
    }

    private int Child() => Directory.GetDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), out int id) ? ProcStat.Read(new ProcReader(), id) : null)
        .Single(process => process?.ParentId == _keeper!.Key.ProcessId)!.Key.ProcessId;

    private void KillChild() => Signal.Send(Child(), Libc.SIGKILL);
}
