using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Processes;

namespace HcsPowerShell.Embedded.Linux.ProcessIsolation;

/// <summary>The sessions started for a sandbox, each beginning as one process group.</summary>
/// <remarks>
/// Another process can get the id of a session once no process is left in it, so the id must be forgotten then. An
/// exited process counts as a member of its group until it is reaped, so the group is empty only afterwards.
/// </remarks>
internal sealed class SandboxSessions(Guardian guardian)
{
    private readonly object _gate = new();
    private readonly Dictionary<int, Session> _sessions = [];

    public void Add(ProcessKey leader)
    {
        lock (_gate)
        {
            _sessions[leader.ProcessId] = new Session(leader);
        }

        guardian.Add(leader);
    }

    /// <summary>True for the id of a session, or of its first process group.</summary>
    public bool Owns(int id)
    {
        lock (_gate)
        {
            return _sessions.ContainsKey(id);
        }
    }

    public void LeaderReaped(ProcessKey leader)
    {
        lock (_gate)
        {
            if (_sessions.TryGetValue(leader.ProcessId, out Session? session))
            {
                session.IsLeaderReaped = true;
            }
        }

        if (IsEmptyGroup(leader.ProcessId))
        {
            guardian.Remove(leader);
        }
    }

    public void KillGroups()
    {
        lock (_gate)
        {
            foreach (int group in _sessions.Keys)
            {
                Signal.Send(-group, Libc.SIGKILL);
            }
        }
    }

    /// <summary>Forgets the sessions whose leader id now belongs to another process.</summary>
    public void ForgetRecycled(ProcReader reader) =>
        Forget(session => ProcStat.Read(reader, session.Leader.ProcessId) is not null);

    /// <summary>Forgets the sessions that a scan of all processes has found empty.</summary>
    /// <param name="found">Ids of the sessions and groups that were found.</param>
    /// <param name="before">The leaders reaped before the scan began, from <see cref="ReapedLeaders"/>.</param>
    public void ForgetEmpty(HashSet<int> found, HashSet<ProcessKey> before) =>
        Forget(session => before.Contains(session.Leader)
            && !found.Contains(session.Leader.ProcessId)
            && IsEmptyGroup(session.Leader.ProcessId));

    public HashSet<ProcessKey> ReapedLeaders()
    {
        lock (_gate)
        {
            return [.. _sessions.Values.Where(s => s.IsLeaderReaped).Select(s => s.Leader)];
        }
    }

    private static bool IsEmptyGroup(int group) =>
        Libc.kill(-group, 0) != 0 && Marshal.GetLastWin32Error() == Errno.ESRCH;

    private void Forget(Func<Session, bool> isOver)
    {
        List<ProcessKey> over;
        lock (_gate)
        {
            over = [.. _sessions.Values.Where(s => s.IsLeaderReaped && isOver(s)).Select(s => s.Leader)];
            foreach (ProcessKey leader in over)
            {
                _sessions.Remove(leader.ProcessId);
            }
        }

        foreach (ProcessKey leader in over)
        {
            guardian.Remove(leader);
        }
    }

    private sealed class Session(ProcessKey leader)
    {
        public ProcessKey Leader { get; } = leader;

        public bool IsLeaderReaped { get; set; }
    }
}
