using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.ProcessIsolation;

/// <summary>Sends signals to all processes of a sandbox, including those that appear meanwhile.</summary>
internal sealed class SandboxTree(string id, SandboxMembers members, SandboxSessions sessions)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    private bool _isStopped;

    /// <exception cref="HcsException">Processes remain after 10 s; the result document says how many.</exception>
    public void Kill()
    {
        Stopwatch elapsed = Stopwatch.StartNew();
        int? since = null;
        while (true)
        {
            // Kills all members of a group at once, so that none can escape by a fork.
            sessions.KillGroups();
            int found = 0;
            members.Scan(process =>
            {
                Signal.Send(process.Key.ProcessId, Libc.SIGKILL);
                found++;
            }, since);
            if (since is not null
                && IsOver(found, elapsed, "HcsTerminateComputeSystem", $"{found} processes remain after SIGKILL."))
            {
                return;
            }

            since = members.Begun;
            Thread.Sleep(1);
        }
    }

    /// <exception cref="HcsException">Processes still run after 10 s; the result document says how many.</exception>
    public void Stop()
    {
        Stopwatch elapsed = Stopwatch.StartNew();
        HashSet<ProcessKey> asleep = [];
        _isStopped = true;
        int? since = null;
        while (true)
        {
            int running = 0;
            members.Scan(process =>
            {
                if (process.IsStopped)
                {
                    return;
                }

                // A process in uninterruptible sleep does not run; it stops when it wakes.
                Signal.Send(process.Key.ProcessId, Libc.SIGSTOP);
                running += process.State == 'D' && !asleep.Add(process.Key) ? 0 : 1;
            }, since);
            if (since is not null
                && IsOver(running, elapsed, "HcsPauseComputeSystem", $"{running} processes still run after SIGSTOP."))
            {
                return;
            }

            since = members.Begun;
            Thread.Sleep(1);
        }
    }

    public void Continue()
    {
        _isStopped = false;
        List<ProcStat> stopped = members.Scan();

        // Children first: a shell that continues must not find its job stopped.
        for (int i = stopped.Count - 1; i >= 0; i--)
        {
            Signal.Send(stopped[i].Key.ProcessId, Libc.SIGCONT);
        }
    }

    public void Terminate() => members.Scan(process =>
    {
        Signal.Send(process.Key.ProcessId, Libc.SIGTERM);

        // A process in uninterruptible sleep does not show that a stop is pending.
        if (_isStopped || process.IsStopped)
        {
            Signal.Send(process.Key.ProcessId, Libc.SIGCONT);
        }
    });

    // The second scan is the earliest that can be the last: it follows the processes that were being born during the
    // first. A process that stays in an exec for 10 s hangs there, and most likely does not belong to the sandbox.
    private bool IsOver(int left, Stopwatch elapsed, string function, string problem)
    {
        // Read once: between two readings the limit could pass, and nothing that is left would be an error.
        bool isLate = elapsed.Elapsed > s_limit;
        if (left == 0)
        {
            return members.HasSeenAll || isLate;
        }

        return isLate
            ? throw new HcsException(
                function,
                HResult.Unspecified,
                id,
                HcsJson.Write(new ResultError { Error = HResult.Unspecified, ErrorMessage = problem }))
            : false;
    }
}
