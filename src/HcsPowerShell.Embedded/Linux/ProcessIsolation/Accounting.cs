using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Processes;

namespace HcsPowerShell.Embedded.Linux.ProcessIsolation;

/// <summary>The usage of all processes of a sandbox, including those that have ended. It never decreases.</summary>
/// <remarks>
/// A child of this host leaves its exact total when it is reaped. When the parent of another member waits for it, the
/// kernel adds its usage to the counters of that parent; if a member has vanished since the last scan and no parent has
/// grown by as much, the last known value is kept. A process no parent waits for that lives only between two samples is
/// not counted.
/// </remarks>
internal sealed class Accounting
{
    private readonly object _gate = new();
    private readonly Dictionary<ProcessKey, Ended> _ended = [];
    private Dictionary<ProcessKey, Seen> _seen = [];
    private ProcessCounters _gone = ProcessCounters.Zero;
    private ProcessCounters _reported = ProcessCounters.Zero;

    /// <summary>Records that a child of this host has exited and is still a zombie.</summary>
    public void Exiting(ProcStat stat, ProcIo? io)
    {
        lock (_gate)
        {
            _ended[stat.Key] = new Ended(ProcessCounters.OfChildren(stat, io));
        }
    }

    /// <summary>Records that a child of this host has been reaped.</summary>
    public void Reaped(ProcessKey process, in Libc.ResourceUsage usage, ProcIo? io)
    {
        lock (_gate)
        {
            _gone += ProcessCounters.Of(usage, io);
            if (_ended.TryGetValue(process, out Ended? ended))
            {
                ended.IsReaped = true;
            }
        }
    }

    /// <summary>Prepares a scan; call it before the scan whose result goes to <see cref="Sample"/>.</summary>
    public void BeginScan()
    {
        lock (_gate)
        {
            foreach (Ended ended in _ended.Values)
            {
                ended.IsBeforeScan = ended.IsReaped;
            }
        }
    }

    /// <param name="scanned">The members found, zombies included.</param>
    /// <returns>The total since the start.</returns>
    public ProcessCounters Sample(IEnumerable<(ProcStat Stat, ProcIo? Io)> scanned)
    {
        lock (_gate)
        {
            Dictionary<ProcessKey, Seen> now = [];
            foreach ((ProcStat stat, ProcIo? io) in scanned)
            {
                // A child that ended during the scan has left, or is about to leave, its exact total.
                if (!_ended.ContainsKey(stat.Key))
                {
                    ProcIo? known = io ?? LastOfZombie(stat);
                    now[stat.Key] = new Seen(
                        stat.ParentId, ProcessCounters.Of(stat, known), ProcessCounters.OfChildren(stat, known));
                }
            }

            KeepVanished(now);
            _seen = now;
            ForgetEnded();
            ProcessCounters total =
                now.Values.Aggregate(_gone, (sum, seen) => sum + seen.Total).AtLeast(_reported);
            _reported = total with { Io = total.Io ?? _reported.Io };
            return total;
        }
    }

    private void KeepVanished(Dictionary<ProcessKey, Seen> now)
    {
        Dictionary<int, ProcessCounters> growth = [];
        foreach (KeyValuePair<ProcessKey, Seen> process in now)
        {
            growth[process.Key.ProcessId] = process.Value.Children - LastChildren(process.Key);
        }

        foreach (KeyValuePair<ProcessKey, Ended> process in _ended)
        {
            growth[process.Key.ProcessId] = process.Value.Children - LastChildren(process.Key);
        }

        Dictionary<int, Seen> before = [];
        foreach (KeyValuePair<ProcessKey, Seen> process in _seen)
        {
            before[process.Key.ProcessId] = process.Value;
        }

        foreach (KeyValuePair<ProcessKey, Seen> process in _seen)
        {
            if (!now.ContainsKey(process.Key) && !_ended.ContainsKey(process.Key))
            {
                Keep(process.Value, before, growth);
            }
        }
    }

    private void Keep(Seen vanished, Dictionary<int, Seen> before, Dictionary<int, ProcessCounters> growth)
    {
        int ancestor = vanished.ParentId;
        for (int i = 0; i < before.Count && !growth.ContainsKey(ancestor); i++)
        {
            if (!before.TryGetValue(ancestor, out Seen? parent))
            {
                break;
            }

            ancestor = parent.ParentId;
        }

        if (growth.TryGetValue(ancestor, out ProcessCounters grown) && grown.Covers(vanished.Total))
        {
            growth[ancestor] = grown - vanished.Total;
        }
        else
        {
            _gone += vanished.Total;
        }
    }

    // Only root may read the file of a zombie. Its usage since the last scan appears when its parent waits for it.
    private ProcIo? LastOfZombie(ProcStat stat) =>
        stat.IsAlive ? null : _seen.TryGetValue(stat.Key, out Seen? seen) ? seen.Total.Io : ProcIo.Zero;

    private ProcessCounters LastChildren(ProcessKey process) =>
        _seen.TryGetValue(process, out Seen? seen) ? seen.Children : ProcessCounters.Zero;

    private void ForgetEnded()
    {
        foreach (ProcessKey process in _ended.Where(e => e.Value.IsBeforeScan).Select(e => e.Key).ToList())
        {
            _ended.Remove(process);
        }
    }

    private sealed record Seen(int ParentId, ProcessCounters Total, ProcessCounters Children);

    private sealed class Ended(ProcessCounters children)
    {
        public ProcessCounters Children { get; } = children;

        public bool IsReaped { get; set; }

        /// <summary>True when it was reaped before the scan began, so that the scan cannot have seen it.</summary>
        public bool IsBeforeScan { get; set; }
    }
}
