using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Linux.Processes;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Unix;

/// <summary>Tests that a marker identifies its host, and nothing else.</summary>
public sealed class MarkerTests : UnixTest
{
    private static readonly Guid s_isolation = Guid.Parse("0123456789abcdef0123456789abcdef");

    [Fact]
    public void A_marker_names_its_host()
    {
        string prefix = Marker.Prefix(HostProcess.Current, s_isolation);
        Assert.Equal((prefix, HostProcess.Current), Find($"{prefix}more"));
        Assert.Equal((prefix, HostProcess.Current), Find($"A=HCS_CONTAINER=1\0{prefix}more\0B=2\0"));
        Assert.Equal(Environment.ProcessId, HostProcess.Current.Key.ProcessId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HCS_CONTAINER=")]
    [InlineData("HCS_CONTAINER=0123456789abcdef0123456789abcdef-0123456789abcdef0123456789abcdef")]
    [InlineData("A=HCS_CONTAINER=7_7_7_7_0123456789abcdef0123456789abcdef-")]
    [InlineData("xHCS_CONTAINER=7_7_7_7_0123456789abcdef0123456789abcdef-")]
    [InlineData("HCS_CONTAINER=7_7_7_7_0123456789abcdef0123456789abcdef")]
    [InlineData("HCS_CONTAINER=7_7_7_7_0123456789abcdef0123456789abcde-")]
    [InlineData("HCS_CONTAINER=7_7_7_7_0123456789ABCDEF0123456789ABCDEF-")]
    [InlineData("HCS_CONTAINER=7_7_7_7_")]
    [InlineData("HCS_CONTAINER=7_7_7_0123456789abcdef0123456789abcdef-")]
    [InlineData("HCS_CONTAINER=0_7_7_7_0123456789abcdef0123456789abcdef-")]
    [InlineData("HCS_CONTAINER=-7_7_7_7_0123456789abcdef0123456789abcdef-")]
    [InlineData("HCS_CONTAINER=7_0_7_7_0123456789abcdef0123456789abcdef-")]
    [InlineData("HCS_CONTAINER=9999999999_7_7_7_0123456789abcdef0123456789abcdef-")]
    [InlineData("HCS_CONTAINER=7_99999999999999999999_7_7_0123456789abcdef0123456789abcdef-")]
    [InlineData("HCS_CONTAINER=7_7_7_7\n_0123456789abcdef0123456789abcdef-")]
    [InlineData("HCS_CONTAINER=7_7_7_7_*123456789abcdef0123456789abcdef-")]
    public void What_is_no_marker_names_none(string environment) => Assert.Null(Find(environment));

    [Fact]
    public void The_largest_numbers_are_numbers()
    {
        string prefix = $"HCS_CONTAINER=2147483647_9999999999999999999_4294967295_4294967295_{s_isolation:N}-";
        HostProcess expected = new(new ProcessKey(int.MaxValue, 9999999999999999999), "4294967295_4294967295");
        Assert.Equal((prefix, expected), Find(prefix));
    }

    [Fact]
    public async Task A_host_has_ended_when_its_process_has_and_when_another_has_its_id()
    {
        ProcReader reader = new();
        HostProcess current = HostProcess.Current;
        Assert.False(current.HasEnded(reader));
        Assert.True((current with { Key = current.Key with { StartTicks = current.Key.StartTicks - 1 } }).HasEnded(reader));
        ChildProcess child = ChildProcess.StartTool("/bin/sleep", ["sleep", "1000"], [], [null, null, null]);
        HostProcess other = current with { Key = child.Key };
        Assert.False(other.HasEnded(reader));

        // A zombie counts as ended.
        child.Kill();
        await Waits.Until(() => !child.IsAlive);
        Assert.NotNull(ProcStat.Read(reader, child.Key.ProcessId));
        Assert.True(other.HasEnded(reader));
        child.Watch(usePidfd: true);
        await child.Exited.Within();
        Assert.True(other.HasEnded(reader));
    }

    [Theory]
    [InlineData("0_0")]
    [InlineData("7_7")]
    public void A_host_in_another_namespace_is_not_judged(string namespaces)
    {
        HostProcess host = new(new ProcessKey(int.MaxValue, 7), namespaces);
        Assert.False(host.HasEnded(new ProcReader()));
        Assert.True((host with { Namespaces = HostProcess.Current.Namespaces }).HasEnded(new ProcReader()));
    }

    [Fact]
    public async Task A_host_whose_first_thread_alone_has_ended_lives()
    {
        string executable = Path.Combine(AppContext.BaseDirectory, "HcsPowerShell.Embedded.Tests");
        Process process = Process.Start(executable, FirstThreadEnd.Argument);
        Programs.Add(process);
        await Waits.Until(() => ProcStat.Read(new ProcReader(), process.Id) is { IsAlive: false });
        ProcessKey key = ProcStat.Read(new ProcReader(), process.Id)!.Key;
        Assert.False((HostProcess.Current with { Key = key }).HasEnded(new ProcReader()));
    }

    private static (string Prefix, HostProcess Host)? Find(string environment) =>
        Marker.Find(Encoding.Latin1.GetBytes(environment));
}
