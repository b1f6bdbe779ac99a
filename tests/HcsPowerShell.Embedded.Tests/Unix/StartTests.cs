using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Unix;

[SupportedOSPlatform("linux")]
public sealed class StartTests : UnixTest
{
    [Fact]
    public async Task The_environment_is_the_one_given_plus_the_marker()
    {
        Dictionary<string, string> given = new() { ["A"] = "1", ["SPACED"] = "a b\nc", ["UMLAUT"] = "ü", ["E"] = "" };
        (string output, _) = await Run(Command("/usr/bin/env", "-0") with { Environment = given });
        string[] variables = output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        string marker = Assert.Single(variables, v => v.StartsWith(Marker.Variable + "=", StringComparison.Ordinal));
        Assert.Matches($"^HCS_CONTAINER={Environment.ProcessId}(_[0-9]+){{3}}_[0-9a-f]{{32}}-[0-9a-f]{{32}}$", marker);
        Assert.Equal(given.Select(v => $"{v.Key}={v.Value}").Append(marker).Order(), variables.Order());
    }

    [Fact]
    public async Task A_marker_from_outside_is_replaced()
    {
        ProcessPlan start = Command("/usr/bin/env");
        Dictionary<string, string> foreign = new() { [Marker.Variable] = "foreign" };
        (string output, _) = await Run(start with { Environment = foreign });
        Assert.DoesNotContain("foreign", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_arrive_as_they_are()
    {
        (string output, _) = await Run(Command("/usr/bin/printf", "%s|", "a b", "", "\"q\"", "$HOME", "ä"));
        Assert.Equal("a b||\"q\"|$HOME|ä|", output);
    }

    [Fact]
    public async Task Argument_zero_is_the_one_given()
    {
        ProcessPlan start = Shell("echo $0") with { Arguments = ["other-name", "-c", "cat /proc/$$/cmdline"] };
        (string output, _) = await Run(start);
        Assert.StartsWith("other-name\0", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_runs_in_the_working_folder()
    {
        (string output, _) = await Run(Command("/bin/pwd") with { WorkingDirectory = "/usr/bin" });
        Assert.Equal("/usr/bin\n", output);
    }

    [Fact]
    public async Task It_leads_a_session_and_a_group_of_its_own()
    {
        (string output, _) = await Run(Command("/bin/cat", "/proc/self/stat"));
        ProcStat stat = ProcStat.Parse(1, System.Text.Encoding.UTF8.GetBytes(output))!;
        string processId = output[..output.IndexOf(' ', StringComparison.Ordinal)];
        Assert.Equal(processId, $"{stat.SessionId}");
        Assert.Equal(processId, $"{stat.GroupId}");
    }

    [Fact]
    public async Task No_signal_is_ignored_or_blocked()
    {
        (string output, _) = await Run(Command("/bin/sed", "-n", "s/^SigIgn:\t//p", "/proc/self/status"));

        // glibc keeps its two internal signals, 32 and 33, ignored over the exec.
        Assert.Equal(0, long.Parse(output.Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & ~0x1_8000_0000);
        (string blocked, _) = await Run(Command("/bin/sed", "-n", "s/^SigBlk:\t//p", "/proc/self/status"));
        Assert.Equal("0000000000000000\n", blocked);
        (string head, _) = await Run(Shell("yes | head -1"));
        Assert.Equal("y\n", head);
    }

    [Fact]
    public async Task It_inherits_none_of_our_descriptors()
    {
        ProcessPlan count = Shell("for f in /proc/self/fd/*; do readlink $f | grep -c pipe: ; done | grep -c 1");
        (string before, _) = await Run(count);
        using ISandboxProcess other = Sandbox.Start(
            Shell("sleep 1000") with { StandardInput = true, StandardOutput = true, StandardError = true });
        (string after, _) = await Run(count);
        Assert.Equal(before, after);
        (string kinds, _) = await Run(Shell("ls -l /proc/self/fd"));
        Assert.DoesNotContain("eventfd", kinds, StringComparison.Ordinal);
        Assert.DoesNotContain("pidfd", kinds, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/no/such/file", HResult.FileNotFound)]
    [InlineData("/etc/passwd", HResult.AccessDenied)]
    [InlineData("/etc", HResult.AccessDenied)]
    public void What_cannot_be_run_is_refused(string executable, int expected)
    {
        HcsException e = Assert.Throws<HcsException>(() => Sandbox.Start(Command(executable)));
        Assert.Equal(expected, e.HResult);
        Assert.Equal("HcsCreateProcess", e.Function);
        Assert.False(Sandbox.HasProcesses());
    }

    [Fact]
    public void What_is_no_executable_is_a_bad_format()
    {
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllBytes(file, [0, 1, 2, 3]);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        HcsException e = Assert.Throws<HcsException>(() => Sandbox.Start(Command(file)));
        Assert.Equal(unchecked((int)0x800700C1), e.HResult);
        File.Delete(file);
    }

    [Fact]
    public void A_zero_character_is_refused()
    {
        HcsException e = Assert.Throws<HcsException>(() => Sandbox.Start(Command("/bin/echo", "a\0b")));
        Assert.Equal(HResult.InvalidArgument, e.HResult);
    }

    [Fact]
    public void Nothing_starts_in_what_was_disposed()
    {
        Sandbox.Dispose();
        HcsException refusal = Assert.Throws<HcsException>(() => Sandbox.Start(Shell("exit 0")));
        Assert.Equal(HResult.SystemAlreadyStopped, refusal.HResult);
    }
}
