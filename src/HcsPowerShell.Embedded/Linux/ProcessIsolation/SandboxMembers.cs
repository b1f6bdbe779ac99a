using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Text;
using HcsPowerShell.Embedded.Linux.Processes;

namespace HcsPowerShell.Embedded.Linux.ProcessIsolation;

/// <summary>Finds the processes of a sandbox in one pass over /proc; for one thread at a time.</summary>
/// <remarks>
/// A member is in a session or group started for the sandbox, or the child of a member, or carries the marker in its
/// environment, or was found to be a member before. Neither this process nor the guardian is any of these.
/// </remarks>
internal sealed class SandboxMembers(string marker, SandboxSessions sessions)
{
    private const int KernelThreadParent = 2;
    private const int Tries = 3;
    private const int TriesWhenNew = 50;
    private const int MostFollowed = 10_000;

    private readonly byte[] _marker = Encoding.ASCII.GetBytes(marker);
    private readonly ProcReader _reader = new();
    private HashSet<ProcessKey> _members = [];
    private HashSet<ProcessKey> _strangers = [];

    /// <summary>
    /// True when the last scan that followed newly born processes has seen every process: none was in an exec, where
    /// membership is unknown, and the ids have not wrapped around.
    /// </summary>
    public bool HasSeenAll { get; private set; }

    /// <summary>The id last assigned when the last scan that followed newly born processes began.</summary>
    public int Begun { get; private set; }

    /// <param name="found">
    /// Called as soon as the scan finds a live member, before it checks the next process; the scan then also checks the
    /// processes born during it. It may also find a new thread of a member, under the id of the thread.
    /// </param>
    /// <param name="since">
    /// Processes born since this id was assigned count as born during the scan; <see cref="Begun"/> of a scan just
    /// before. The kernel assigns an id before /proc shows the process.
    /// </param>
    /// <returns>The members by process id as /proc lists them, zombies included.</returns>
    public List<ProcStat> Scan(Action<ProcStat>? found = null, int? since = null)
    {
        sessions.ForgetRecycled(_reader);
        HashSet<ProcessKey> reapedBefore = sessions.ReapedLeaders();
        HasSeenAll = true;
        Pass pass = new(found);
        HashSet<ProcessKey> strangers = [];
        List<ProcStat> rest = [];
        Begun = found is null ? 0 : ProcNewest.Read(_reader);
        foreach (int processId in ProcessIds.Read())
        {
            if (Examine(processId, pass, strangers, isNew: false) is { } other)
            {
                rest.Add(other);
            }
        }

        // A parent can have a higher id than its child.
        while (rest.RemoveAll(process => pass.Includes(process.ParentId) && pass.Add(process)) > 0)
        {
        }

        if (found is not null)
        {
            Follow(since ?? Begun, pass, strangers);
        }

        _members = pass.Keys;
        _strangers = strangers;
        sessions.ForgetEmpty(pass.SessionsAndGroups, reapedBefore);
        return pass.Members;
    }

    // A process that keeps forking does not wait for the end of a pass: the scan follows the processes born since it
    // began by their ids.
    private void Follow(int seen, Pass pass, HashSet<ProcessKey> strangers)
    {
        int last = seen + MostFollowed;
        while (seen < last && seen < ProcNewest.Read(_reader))
        {
            _ = Examine(++seen, pass, strangers, isNew: true);
        }

        HasSeenAll &= seen < last && seen <= ProcNewest.Read(_reader);
    }

    /// <returns>The process, if it exists and is not a member.</returns>
    private ProcStat? Examine(int processId, Pass pass, HashSet<ProcessKey> strangers, bool isNew)
    {
        if (ProcStat.Read(_reader, processId) is not { } process || pass.Keys.Contains(process.Key))
        {
            return null;
        }

        if (_members.Contains(process.Key)
            || sessions.Owns(process.SessionId)
            || sessions.Owns(process.GroupId)
            || pass.Includes(process.ParentId)
            || IsMarked(process, strangers, isNew ? TriesWhenNew : Tries))
        {
            pass.Add(process);
            return null;
        }

        return process;
    }

    private bool IsMarked(ProcStat process, HashSet<ProcessKey> strangers, int tries)
    {
        if (_strangers.Contains(process.Key) || process.ParentId == KernelThreadParent)
        {
            strangers.Add(process.Key);
            return false;
        }

        // The environment is empty during an exec: then membership is unknown. One that stays empty ends at the same
        // address as before.
        ulong? before = null;
        for (int i = 0; i < tries; i++)
        {
            if (!_reader.TryRead(process.Key.ProcessId, "environ", out ReadOnlySpan<byte> environment))
            {
                return false;
            }

            if (!environment.IsEmpty)
            {
                bool marked = environment.IndexOf(_marker) >= 0;
                if (!marked)
                {
                    strangers.Add(process.Key);
                }

                return marked;
            }

            ulong? end = ProcStat.Read(_reader, process.Key.ProcessId)?.EnvironmentEnd;
            if (end is null || (end > 0 && end == before))
            {
                return false;
            }

            before = end;
        }

        HasSeenAll = false;
        return false;
    }

    private sealed class Pass(Action<ProcStat>? found)
    {
        private readonly HashSet<int> _processIds = [];

        public List<ProcStat> Members { get; } = [];

        public HashSet<ProcessKey> Keys { get; } = [];

        public HashSet<int> SessionsAndGroups { get; } = [];

        public bool Includes(int processId) => _processIds.Contains(processId);

        public bool Add(ProcStat process)
        {
            _processIds.Add(process.Key.ProcessId);
            Keys.Add(process.Key);
            SessionsAndGroups.Add(process.SessionId);
            SessionsAndGroups.Add(process.GroupId);
            Members.Add(process);
            if (process.IsAlive)
            {
                found?.Invoke(process);
            }

            return true;
        }
    }
}

/// <summary>Reads the id last assigned to a process or thread: the fifth field of /proc/loadavg.</summary>
internal static class ProcNewest
{
    /// <returns>0 when it cannot be read.</returns>
    public static int Read(ProcReader reader) =>
        reader.TryRead("/proc/loadavg", out ReadOnlySpan<byte> content)
        && Utf8Parser.TryParse(content.Slice(content.LastIndexOf((byte)' ') + 1), out int id, out _)
            ? id
            : 0;
}
