using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.ProcessIsolation;
using HcsPowerShell.Embedded.Linux.Processes;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Unix;

public sealed class AccountingTests
{
    private readonly Accounting _accounting = new();

    public AccountingTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs the clock of Linux.");

    [Fact]
    public void What_an_orphan_used_is_kept_when_it_has_gone()
    {
        Sample(Process(10, parent: 1, own: 100), Process(20, parent: 1, own: 500));
        Assert.Equal(600ul, Sample(Process(10, parent: 1, own: 100)));
        Assert.Equal(650ul, Sample(Process(10, parent: 1, own: 150)));
    }

    [Fact]
    public void What_a_parent_has_waited_for_is_counted_once()
    {
        Sample(Process(10, parent: 1, own: 100), Process(20, parent: 10, own: 500));
        Assert.Equal(620ul, Sample(Process(10, parent: 1, own: 110, children: 510)));
        Assert.Equal(630ul, Sample(Process(10, parent: 1, own: 120, children: 510)));
    }

    [Fact]
    public void A_grandchild_goes_by_way_of_a_parent_that_has_gone_too()
    {
        Sample(Process(10, parent: 1, own: 0), Process(20, parent: 10, own: 50), Process(30, parent: 20, own: 500));
        Assert.Equal(560ul, Sample(Process(10, parent: 1, own: 0, children: 560)));
    }

    [Fact]
    public void The_own_growth_of_a_parent_hides_no_child()
    {
        Sample(Process(10, parent: 1, own: 100), Process(20, parent: 10, own: 500));
        Assert.Equal(1600ul, Sample(Process(10, parent: 1, own: 1100)));
    }

    [Fact]
    public void A_child_of_the_host_is_counted_by_its_exact_total_only()
    {
        ProcStat child = Process(10, parent: 1, own: 100);
        Sample(child);
        _accounting.BeginScan();
        _accounting.Exiting(child, ProcIo.Zero);
        _accounting.Reaped(child.Key, new Libc.ResourceUsage { UserSeconds = 2 }, ProcIo.Zero);

        // The scan has met the process just before it was reaped.
        Assert.Equal(TimeSpan.TicksPerSecond * 2, (long)Take([(child, ProcIo.Zero)]).User100ns);
        Assert.Equal(200ul, Sample());
        Assert.Equal(200ul, Sample());
    }

    [Fact]
    public void It_never_goes_backwards()
    {
        Assert.Equal(500ul, Sample(Process(10, parent: 1, own: 500)));
        Assert.Equal(500ul, Sample(Process(10, parent: 1, own: 400)));
    }

    [Fact]
    public void Counters_the_system_withholds_stay_unknown()
    {
        _accounting.BeginScan();
        Assert.Null(Take([(Process(10, parent: 1, own: 1), null)]).Io);
        _accounting.BeginScan();
        Assert.NotNull(Take([(Process(10, parent: 1, own: 1), ProcIo.Zero)]).Io);
    }

    [Fact]
    public void The_closed_file_of_a_zombie_does_not_make_the_sum_unknown()
    {
        ProcIo io = new(1, 2, 3, 4);
        _accounting.BeginScan();
        Take([(Process(10, parent: 1, own: 1), io)]);
        _accounting.BeginScan();
        Assert.Equal(io, Take([(Process(10, parent: 1, own: 1, state: 'Z'), null)]).Io);
    }

    /// <returns>The user time in clock ticks of a hundredth of a second.</returns>
    private ulong Sample(params ProcStat[] processes)
    {
        _accounting.BeginScan();
        return Take(processes.Select(p => (p, (ProcIo?)ProcIo.Zero))).User100ns / ProcClock.To100ns(1);
    }

    private ProcessCounters Take(IEnumerable<(ProcStat Stat, ProcIo? Io)> scanned) => _accounting.Sample(scanned);

    private static ProcStat Process(int id, int parent, int own, int children = 0, char state = 'R') => ProcStat.Parse(
        id,
        Encoding.ASCII.GetBytes($"{id} (p) {state} {parent} 1 1 0 -1 0 0 0 0 0 {own} 0 {children} 0 20 0 1 0 777 1 2"))!;
}
