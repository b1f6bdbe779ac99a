using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Linux.Processes;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Unix;

/// <summary>Tests the script that kills all processes with a marker, on a /proc that the test has written.</summary>
public sealed class SweepTests : UnixTest
{
    private const string Marker = "HCS_CONTAINER=it-";

    private readonly string _proc = Directory.CreateTempSubdirectory().FullName;

    [Theory]
    [InlineData("/bin/sh")]
    [InlineData("/bin/bash")]
    [InlineData("/bin/busybox", "sh")]
    public async Task A_process_between_two_programs_is_waited_for(params string[] shell)
    {
        Process process = StartSleep();
        Describe(process.Id, "A=1", size: 1 << 20, variables: (0, 0), environment: string.Empty);
        Process sweep = Sweep(shell, process.Id);
        await Task.Delay(1000, Token);
        Assert.False(sweep.HasExited);
        Assert.False(process.HasExited);
        Describe(process.Id, "A=1", size: 1 << 20, variables: (4096, 8192), environment: $"A=1\0{Marker}1\0");
        await process.WaitForExitAsync(Token).Within();
        await sweep.WaitForExitAsync(Token).Within();
        Assert.Equal(0, sweep.ExitCode);
        Directory.Delete(_proc, recursive: true);
    }

    [Theory]
    [InlineData("/bin/sh")]
    [InlineData("/bin/bash")]
    [InlineData("/bin/busybox", "sh")]
    public async Task Who_has_no_environment_or_another_is_left_alone_and_not_waited_for(params string[] shell)
    {
        Process[] processes = [StartSleep(), StartSleep(), StartSleep(), StartSleep(), StartSleep()];
        Describe(processes[0].Id, "empty", size: 1 << 20, variables: (4096, 4096), environment: string.Empty);
        Describe(processes[1].Id, "zeros", size: 1 << 20, variables: (4096, 4100), environment: "\0\0\0\0");
        Describe(processes[2].Id, "kernel", size: 0, variables: (0, 0), environment: string.Empty);
        Describe(processes[3].Id, "a) Z 0\n(b", size: 1 << 20, variables: (4096, 4096), environment: string.Empty);
        const string Other = "\nHCS_CONTAINER=other-1\0X=\n\n";
        Describe(processes[4].Id, "other", size: 1 << 20, variables: (4096, 4196), environment: Other);
        Process sweep = Sweep(shell, processes.Max(process => process.Id));
        await sweep.WaitForExitAsync(Token).Within(TimeSpan.FromSeconds(20));
        Assert.Equal(0, sweep.ExitCode);
        Assert.All(processes, process => Assert.False(process.HasExited));
        Directory.Delete(_proc, recursive: true);
    }

    [Fact]
    public async Task After_a_minute_it_gives_up_what_is_not_to_be_seen()
    {
        Process process = StartSleep();
        Describe(process.Id, "stuck", size: 1 << 20, variables: (0, 0), environment: string.Empty);
        Process sweep = Sweep(["/bin/sh"], process.Id);
        await Task.Delay(1000, Token);
        Assert.False(sweep.HasExited);
        int seconds = 1000;
        await Waits.Until(() =>
        {
            TellTime(seconds += 60);
            return sweep.HasExited;
        });
        Assert.Equal(1, sweep.ExitCode);
        Directory.Delete(_proc, recursive: true);
    }

    // The newest process id, relative to the id of a process that stays hidden until the script has read all these
    // values: at the start, when the first pass begins, when it ends, and when the second begins. In the third case the
    // process already has its id by then.
    [Theory]
    [InlineData(0, -1, -1)]
    [InlineData(-1, 10, 10)]
    [InlineData(0, -5, -5, -5, 0)]
    public async Task Who_is_born_during_a_pass_is_found_also_when_the_ids_begin_anew(int after, params int[] before)
    {
        Process process = StartSleep();
        Process sweep = Sweep(["/bin/sh"], newest: null);
        await TellNewest(sweep, [.. before.Select(newest => process.Id + newest)]);

        // The pass has read the list by now.
        await Task.Delay(500, Token);
        Describe(process.Id, "late", size: 1 << 20, variables: (4096, 4196), environment: $"{Marker}1\0");
        await TellNewest(sweep, [.. Enumerable.Repeat(process.Id + after, 100)]);
        await sweep.WaitForExitAsync(Token).Within();
        Assert.Equal(0, sweep.ExitCode);
        Assert.True(process.HasExited);
        Directory.Delete(_proc, recursive: true);
    }

    private void TellTime(int seconds)
    {
        File.WriteAllText(Path.Combine(_proc, "uptime.new"), $"{seconds}.00 7.00\n");
        File.Move(Path.Combine(_proc, "uptime.new"), Path.Combine(_proc, "uptime"), overwrite: true);
    }

    private static async Task TellNewest(Process sweep, int[] ids) =>
        await sweep.StandardInput.WriteAsync(string.Concat(ids.Select(id => $"{id}\n")));

    private Process Sweep(string[] shell, int? newest)
    {
        TellTime(1000);
        if (newest is not null)
        {
            File.WriteAllText(Path.Combine(_proc, "loadavg"), $"0.00 0.00 0.00 1/1 {newest}\n");
        }

        Assert.SkipUnless(File.Exists(shell[0]), $"Needs {shell[0]}.");
        string script = "exec 2>/dev/null\n" + SweepScript.Text.Replace("/proc", _proc, StringComparison.Ordinal);
        if (newest is null)
        {
            // The newest process id comes in lines; the script reads one line whenever it asks for the id.
            script = script.Replace($"read -r _ _ _ _ newest <{_proc}/loadavg", "read -r newest", StringComparison.Ordinal)
                .Replace($"read -r _ _ _ _ begun <{_proc}/loadavg", "read -r begun", StringComparison.Ordinal);
        }

        ProcessStartInfo info = new(shell[0], [.. shell.Skip(1), "-c", script, "sweep", Marker])
        {
            RedirectStandardInput = true,
        };
        Process sweep = Process.Start(info)!;
        sweep.StandardInput.AutoFlush = true;
        Programs.Add(sweep);
        return sweep;
    }

    private Process StartSleep()
    {
        Process process = Process.Start("/bin/sleep", "1000");
        Programs.Add(process);
        return process;
    }

    private void Describe(int process, string name, long size, (long From, long To) variables, string environment)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_proc, $"{process}")).FullName;
        string[] fields = [.. Enumerable.Repeat("7", 52)];
        fields[0] = $"{process}";
        fields[1] = $"({name})";
        fields[2] = "R";
        fields[22] = $"{size}";
        fields[49] = $"{variables.From}";
        fields[50] = $"{variables.To}";
        File.WriteAllText(Path.Combine(folder, "stat.new"), string.Join(' ', fields) + "\n");
        File.WriteAllText(Path.Combine(folder, "environ.new"), environment);
        File.Move(Path.Combine(folder, "environ.new"), Path.Combine(folder, "environ"), overwrite: true);
        File.Move(Path.Combine(folder, "stat.new"), Path.Combine(folder, "stat"), overwrite: true);
    }
}
