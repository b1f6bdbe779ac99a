using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.Fleet;

/// <summary>
/// Measures commands on hosts behind sessions: a slow list of ten hosts beside that of one, many lines of output beside
/// Invoke-Command on the same session, and how soon Ctrl+C ends a command that waits there.
/// </summary>
internal sealed class FleetBenchmark : IFamily
{
    private const int Hosts = 10;
    private const int Stops = 100;
    private const string SlowLists = """
        Invoke-Command $sessions { Connect-HcsHost -Embedded -Name own -FaultPlan @{ Operation = 'Enumerate'; DelaySec = 2 } }
        """;

    private const string PromptLists = "Invoke-Command $sessions { Connect-HcsHost -Embedded -Name own -FaultPlan @() }";

    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_untilItWaits = TimeSpan.FromMilliseconds(100);

    private readonly Figure _list = new("fleet-10", 1.5);
    private readonly Figure _lines = new("fleet-lines", 1.3);
    private readonly Figure _stop = new("fleet-stop", 0.99, IsAtLeast: true);

    public IReadOnlyList<Figure> Figures => [_list, _lines, _stop];

    public void Run(Effort effort, Report report)
    {
        using FleetMachines machines = new(Hosts);
        report.Add(Lines(effort, machines));
        report.Add(Lists(effort, machines));
        AddStops(effort, machines, report);
    }

    private Comparison Lists(Effort effort, FleetMachines machines)
    {
        Comparison list = new(_list);
        machines.Session.RunScript(SlowLists);
        effort.Repeat(
            warmUps: 1,
            rounds: 5,
            () =>
            {
                list.Module.Time(() => machines.Session.Run("Get-HcsContainer", ("HcsHost", machines.Names.ToArray())));
                list.Bare.Time(() => machines.Session.Run("Get-HcsContainer", ("HcsHost", machines.Names[0])));
            },
            list);
        machines.Session.RunScript(PromptLists);
        return list;
    }

    private Comparison Lines(Effort effort, FleetMachines machines)
    {
        Comparison lines = new(_lines);
        effort.Repeat(
            warmUps: 2,
            rounds: 15,
            () =>
            {
                lines.Module.Time(() => machines.Session.RunScript("Invoke-HcsProcess web 'seq 20000' -HcsHost host0"));
                lines.Bare.Time(() => machines.Session.RunScript("Invoke-Command $first { Invoke-HcsProcess web 'seq 20000' }"));
            },
            lines);
        return lines;
    }

    private void AddStops(Effort effort, FleetMachines machines, Report report)
    {
        TimeSpan[] times = [.. Enumerable.Range(0, effort.Of(Stops)).Select(_ => Stop(machines)).Order()];
        int soon = times.Count(time => time < s_soon);
        report.Add(
            _stop,
            (double)soon / times.Length,
            $"{soon} of {times.Length} sooner than {s_soon.TotalMilliseconds:0} ms; median {times[times.Length / 2].TotalMilliseconds:0.0} ms, last {times[^1].TotalMilliseconds:0.0} ms");
    }

    private static TimeSpan Stop(FleetMachines machines)
    {
        using ManualResetEventSlim ended = new();
        using var shell = PowerShell.Create(machines.Session.Runspace);
        shell.AddCommand("Wait-HcsContainer").AddParameter("Id", "web").AddParameter("HcsHost", "host0");
        new Thread(() =>
        {
            try
            {
                shell.Invoke();
            }
            catch (PipelineStoppedException)
            {
                // It was stopped.
            }

            ended.Set();
        }).Start();

        // It waits by then; if not, it is stopped on its way, which is no slower.
        Thread.Sleep(s_untilItWaits);
        long key = Stopwatch.GetTimestamp();
        shell.BeginStop(null, null);
        ended.Wait();
        return Stopwatch.GetElapsedTime(key);
    }
}
