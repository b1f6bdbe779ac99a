using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.ProcessIsolation;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Embedded.Tests.Oci;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Unix;

/// <summary>
/// Tests that the next host ends the remains of hosts whose guardian was killed as well, and nothing else.
/// </summary>
public sealed class LostProcessesTests : UnixTest
{
    [Fact]
    public async Task The_next_host_ends_what_a_killed_guardian_could_not()
    {
        (Process host, int[] left, int guardian) = await GuardianHost.StartAsync(
            Programs,
            "echo $$; exec sleep 1000",
            "setsid sh -c 'echo $$; exec sleep 1000' & exit",
            "env -i sh -c 'echo $$; exec sleep 1000' & wait",
            "trap '' HUP INT TERM; echo $$; kill -STOP $$");
        Signal.Send(guardian, Libc.SIGKILL);
        await Waits.Until(() => !IsAlive(guardian));
        host.Kill();
        await host.WaitForExitAsync(Token).Within();
        StartNextHost();
        await Eventually(() => !left.Any(IsAlive), "they are killed");
    }

    [Fact]
    public async Task The_processes_of_a_host_that_lives_are_left_alone()
    {
        (_, int[] left, int guardian) = await GuardianHost.StartAsync(Programs, "echo $$; exec sleep 1000");
        Signal.Send(guardian, Libc.SIGKILL);
        Process sign = await StartWithAsync(MarkerOfDead());
        StartNextHost();
        await sign.WaitForExitAsync(Token).Within();
        Assert.True(IsAlive(left[0]));
    }

    [Theory]
    [InlineData("of another namespace")]
    [InlineData("in the value of another variable")]
    [InlineData("of another user")]
    public async Task Whose_host_is_not_known_to_have_ended_is_left_alone(string what)
    {
        string marker = MarkerOfDead();
        HostProcess dead = Marker.Find(Encoding.ASCII.GetBytes(marker))!.Value.Host;
        Process process = what switch
        {
            "of another namespace" => await StartWithAsync(Marker.Prefix(dead with { Namespaces = "7_7" }, Guid.NewGuid())),
            "in the value of another variable" => await StartWithAsync($"A={marker}"),
            _ => await StartAsNobodyAsync(marker),
        };

        // Once this process has been killed, the other would have been killed too.
        Process sign = await StartWithAsync(MarkerOfDead());
        StartNextHost();
        await sign.WaitForExitAsync(Token).Within();
        await Task.Delay(500, Token);
        Assert.False(process.HasExited);
    }

    [Fact]
    public async Task A_host_that_was_left_behind_itself_does_not_end_its_like()
    {
        // In a separate namespace, because to any other host the markers would be genuine. Process 9999 has never
        // existed there.
        OciMachine.SkipUnlessPossible();
        const string Script = """
            number() { readlink /proc/self/ns/$1 | tr -dc 0-9; }
            marker=9999_7_$(number pid)_$(number time)_0123456789abcdef0123456789abcdef-
            HCS_CONTAINER=${marker}1 sleep 1000 &
            like=$!
            export HCS_CONTAINER=${marker}2
            "$@" "sleep 1; [ -d /proc/$like ] && echo alive"
            """;
        string host = Path.Combine(AppContext.BaseDirectory, "HcsPowerShell.Embedded.Tests");
        ProcessStartInfo info = new(
            "/usr/bin/unshare",
            ["--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c", Script, "sh", host, GuardianHost.Argument])
        {
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(info)!;
        Programs.Add(process);
        Assert.Equal("alive", await process.StandardOutput.ReadLineAsync(Token).AsTask().Within());
    }

    private static void StartNextHost()
    {
        LinuxProcessIsolation next = new();
        using AtEnd nextEnds = new(next.Dispose);
        next.CreateSandbox("next", new ContainerConfig());
    }

    private static string MarkerOfDead()
    {
        ChildProcess host = ChildProcess.StartTool("/bin/true", ["true"], [], [null, null, null]);
        host.Watch(usePidfd: true);
        host.Exited.Within().GetAwaiter().GetResult();
        return Marker.Prefix(HostProcess.Current with { Key = host.Key }, Guid.NewGuid());
    }

    private Task<Process> StartWithAsync(string variable) => StartAsync(variable, "/usr/bin/env");

    private Task<Process> StartAsNobodyAsync(string marker)
    {
        OciMachine.SkipUnlessPossible();
        return StartAsync(marker, "/usr/bin/setpriv", "--reuid=65534", "--clear-groups", "env");
    }

    private async Task<Process> StartAsync(string variable, string executable, params string[] arguments)
    {
        Process process = Process.Start(executable, [.. arguments, variable, "sleep", "1000"]);
        Programs.Add(process);
        await Waits.Until(() => File.ReadAllText($"/proc/{process.Id}/comm") == "sleep\n"
            && File.ReadAllText($"/proc/{process.Id}/environ").Contains(variable, StringComparison.Ordinal));
        return process;
    }
}
