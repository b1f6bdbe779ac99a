using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Unix;

public sealed class GuardianTests : UnixTest
{
    [Fact]
    public async Task Nothing_is_left_when_the_host_is_killed()
    {
        (Process host, int[] processes, int guardian) = await GuardianHost.StartAsync(
            Programs,
            "echo $$; exec sleep 1000",
            "setsid sh -c 'echo $$; exec sleep 1000' & wait",
            "env -i sh -c 'echo $$; exec sleep 1000' & exit",
            "trap '' HUP INT TERM; echo $$; kill -STOP $$",
            "exec env -i sh -c 'printf \"a) Z\\nb\" >/proc/$$/comm; sleep 1000 & echo $$; wait'",
            "(setsid sh -c 'echo $$; while :; do setsid sleep 1000 & sleep 0.02; done' &) & exit");
        Assert.All(processes, process => Assert.True(IsAlive(process)));
        host.Kill();
        await Eventually(() => !processes.Any(IsAlive), "they are killed");
        await Eventually(() => !IsAlive(guardian), "the guardian goes");
    }

    [Fact]
    public async Task A_process_that_flees_from_session_to_session_is_not_left_either()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        string hop = Path.Combine(folder, "hop");
        await File.WriteAllTextAsync(hop, "setsid sh $0 &\n", Token);
        (Process host, _, int guardian) = await GuardianHost.StartAsync(Programs, $"echo $$; exec sh {hop}");
        await Eventually(() => Hops(hop), "it hops");
        host.Kill();
        await Eventually(() => !IsAlive(guardian), "the guardian goes");
        for (int i = 0; i < 10; i++)
        {
            Assert.False(Hops(hop));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(Libc.SIGTERM)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_guardian_ignores_signals_meant_for_the_host(int signal)
    {
        (Process host, int[] processes, int guardian) = await GuardianHost.StartAsync(Programs, "echo $$; exec sleep 1000");

        // The guardian has its own session: signals to the group or the terminal of the host do not even reach it.
        Assert.Equal(guardian, ProcStat.Read(new ProcReader(), guardian)!.SessionId);

        // The guardian has started once it ignores the signals.
        await Waits.Until(() => (IgnoredBy(guardian) & (1UL << (signal - 1))) != 0);
        Signal.Send(guardian, signal);
        await Task.Delay(100, Token);
        Assert.True(IsAlive(guardian));
        Assert.True(IsAlive(processes[0]));
        host.Kill();
        await Eventually(() => !IsAlive(processes[0]) && !IsAlive(guardian), "both go");
    }

    [Fact]
    public async Task A_guardian_that_died_is_replaced_before_the_next_process()
    {
        using ISandboxProcess first = Sandbox.Start(Shell("sleep 1000"));
        int guardian = Isolation.GuardianProcessId!.Value;
        Signal.Send(guardian, Libc.SIGKILL);
        await Eventually(() => !IsAlive(guardian), "it dies");
        using ISandboxProcess second = Sandbox.Start(Shell("sleep 1000"));
        Assert.NotEqual(guardian, Isolation.GuardianProcessId);
        Assert.True(IsAlive(Isolation.GuardianProcessId!.Value));
        Assert.False(first.Exited.IsCompleted);
    }

    [Fact]
    public async Task The_next_guardian_learns_what_lives_and_no_more()
    {
        using Guardian guardian = new(SweepScript.Text, ["none of these"], usePidfd: true);
        using ISandboxProcess lives = Sandbox.Start(Shell("sleep 1000"));
        using ISandboxProcess released = Sandbox.Start(Shell("sleep 1000"));
        using ISandboxProcess recycled = Sandbox.Start(Shell("sleep 1000"));
        ProcessKey[] keys = [.. new[] { lives, released, recycled }
            .Select(p => ProcStat.Read(new ProcReader(), (int)p.ProcessId)!.Key)];
        guardian.EnsureRunning();
        guardian.Add(keys[0]);
        guardian.Add(keys[1]);
        guardian.Add(keys[2] with { StartTicks = keys[2].StartTicks - 1 });
        Signal.Send(guardian.ProcessId!.Value, Libc.SIGKILL);
        await Eventually(() => !IsAlive(guardian.ProcessId!.Value), "it dies");
        guardian.Remove(keys[1]);
        guardian.EnsureRunning();
        guardian.Dispose();
        Assert.Equal(137u, await ExitOf(lives));
        await Eventually(() => !IsAlive(guardian.ProcessId!.Value), "the guardian goes");
        Assert.False(released.Exited.IsCompleted);
        Assert.False(recycled.Exited.IsCompleted);
    }

    [Fact]
    public async Task Disposing_the_isolation_ends_all_and_the_guardian()
    {
        using ISandboxProcess process = Sandbox.Start(Shell("setsid sleep 1000 & wait"));
        int guardian = Isolation.GuardianProcessId!.Value;
        Isolation.Dispose();
        Assert.False(IsAlive((int)process.ProcessId));
        Assert.Equal(137u, await ExitOf(process));
        await Eventually(() => !IsAlive(guardian), "the guardian goes");
        HcsException late = Assert.Throws<HcsException>(() => Isolation.CreateSandbox("late", new ContainerConfig()));
        Assert.Equal(HResult.ServiceDisconnect, late.HResult);
    }

    private static ulong IgnoredBy(int process)
    {
        string line = File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith("SigIgn:", StringComparison.Ordinal));
        return ulong.Parse(line.AsSpan("SigIgn:".Length), NumberStyles.HexNumber | NumberStyles.AllowLeadingWhite, null);
    }

    private static bool Hops(string script)
    {
        ProcReader reader = new();
        return Directory.GetDirectories("/proc").Any(
            folder => int.TryParse(Path.GetFileName(folder), out int process)
                && reader.TryRead(process, "cmdline", out ReadOnlySpan<byte> commandLine)
                && Encoding.UTF8.GetString(commandLine).Contains(script, StringComparison.Ordinal));
    }
}
