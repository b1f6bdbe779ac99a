using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Drawing;
using HcsPowerShell.Errors;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Targets;
using HcsPowerShell.Terminal;
using HcsPowerShell.Watching;

namespace HcsPowerShell.Commands;

/// <summary>
/// Shows the use of processor, memory and storage by containers as a live table with small charts, until the command is
/// stopped or all containers have exited. It writes no objects; without a terminal, one table follows the other.
/// </summary>
/// <remarks>The key q ends the command; c, m, s and n sort by processor, memory, storage and id.</remarks>
[Cmdlet(VerbsCommon.Show, "HcsStatistics", DefaultParameterSetName = ContainerSet,
    HelpUri = HelpPages.Address + "Show-HcsStatistics.md")]
[OutputType(typeof(void))]
public sealed class ShowHcsStatisticsCommand : HcsContainerReadCommand
{
    // So long a key may wait for its effect.
    private static readonly TimeSpan s_untilKeys = TimeSpan.FromMilliseconds(50);

    private readonly List<ShownContainer> _shown = [];
    private readonly StatisticsOrder _order = new();
    private ShownElsewhere? _elsewhere;

    /// <summary>Seconds between two samples; by default 1. Fractions are allowed.</summary>
    [Parameter]
    [ValidateRange(0.05, 86400)]
    [NotBlank]
    public double IntervalSec { get; set; } = 1;

    /// <summary>Number of samples of each container; without it there is no limit.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [NotBlank]
    public int? SampleCount { get; set; }

    private protected override string Verb => "show statistics of";

    private TimeSpan Interval => TimeSpan.FromSeconds(IntervalSec);

    /// <summary>The samples are taken there, and shown here with those of this computer.</summary>
    private protected override void Prepare(HostCall call)
    {
        ShownElsewhere elsewhere = _elsewhere ??= new ShownElsewhere(Interval);
        call.Command = "Get-HcsStatistics";
        call.Arguments["Continuous"] = true;
        call.Receive = sample => elsewhere.Add((HcsStatistics)sample);
    }

    /// <inheritdoc/>
    private protected override void FinishThere()
    {
        Guard("show statistics", null, Show);
        StopThere();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _shown.ForEach(shown => shown.Dispose());
        _shown.Clear();
        base.Dispose(disposing);
    }

    private protected override void Process(ContainerTarget target) => GuardWithin(Attempt(target), target.Id, deadline =>
    {
        ContainerLease lease = Await(target.OpenAsync(deadline));
        _shown.Add(new ShownContainer(target, lease, Interval, ReachesOut ? target.Host.ComputerName : null));
    });

    private void Show()
    {
        var frames = new FrameOutput(this);
        var keys = new TypedKeys(Host);
        Task allExited = AllExited();
        for (int taken = 1; _shown.Count > 0 || _elsewhere is not null; taken++)
        {
            if (!(taken > SampleCount) && Sample(frames) > 0)
            {
                allExited = AllExited();
            }

            WriteThere(toEnd: false);
            Draw(frames);
            bool isDone = taken >= SampleCount || _shown.All(shown => shown.Row.HasExited);
            if ((isDone && RunningThere == 0) || !WaitForNext(allExited, frames, keys))
            {
                break;
            }
        }
    }

    private void Draw(FrameOutput frames)
    {
        if (_elsewhere is null)
        {
            DrawWith([]);
        }
        else
        {
            _elsewhere.Read(haveEnded: RunningThere == 0 && SampleCount is null, DrawWith);
        }

        void DrawWith(IReadOnlyList<StatisticsRow> others)
        {
            StatisticsRow[] rows = [.. _order.Of(_shown.Select(shown => shown.Row).Concat(others))];
            if (rows.Length > 0)
            {
                frames.Show(rows);
            }
        }
    }

    /// <summary>Waits for the next sample, and takes keys meanwhile; false when the user has typed q.</summary>
    private bool WaitForNext(Task allExited, FrameOutput frames, TypedKeys keys)
    {
        var clock = Stopwatch.StartNew();
        TimeSpan left;
        while ((left = Interval - clock.Elapsed) > TimeSpan.Zero && (!allExited.IsCompleted || RunningThere > 0))
        {
            while (keys.Read() is { } key)
            {
                if (key is 'q' or 'Q')
                {
                    return false;
                }

                if (_order.Take(key))
                {
                    Draw(frames);
                }
            }

            Task ended = RunningThere > 0 ? Task.Delay(Timeout.Infinite, StopToken) : allExited;
            Await(Deadline.EndsWithinAsync(ended, keys.AreRead && left > s_untilKeys ? s_untilKeys : left, StopToken));
        }

        return true;
    }

    // Created again only when a container is removed, because each task stays attached to the containers until they
    // exit.
    private Task AllExited() => Task.WhenAll(_shown.Select(shown => shown.Exited));

    // Queries all containers at the same time, because the service takes long for a sample. Returns the number of
    // containers that were removed.
    private int Sample(FrameOutput frames)
    {
        int before = _shown.Count;
        var deadline = new Deadline(TimeoutSec, StopToken);
        (ShownContainer Shown, Task<bool> Sample)[] asked =
            [.. _shown.Where(shown => !shown.Row.HasExited).Select(shown => (shown, shown.SampleAsync(deadline)))];
        foreach ((ShownContainer shown, Task<bool> sample) in asked)
        {
            bool answered = false;
            Guard(Attempt(shown.Target), shown.Target.Id, () =>
                answered = Await(deadline.RunAsync(_ => sample)) || shown.Row.HasExited);
            if (!answered)
            {
                frames.BeginBelow();
                _shown.Remove(shown);
                shown.Dispose();
            }
        }

        return before - _shown.Count;
    }
}
