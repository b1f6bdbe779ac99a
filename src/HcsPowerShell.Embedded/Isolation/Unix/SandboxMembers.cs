using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

namespace HcsPowerShell.Embedded.Isolation.Unix;

/// <summary>Finds the processes of a sandbox in one pass over /proc; for one thread at a time.</summary>
/// <remarks>
/// A member is in a session or group started for the sandbox, or the child of a member, or carries the marker in its
/// environment, or was found to be a member before. Neither this process nor the guardian is any of these.
/// </remarks>
internal sealed class SandboxMembers(string marker, SandboxSessions sessions)
{
    private const string ProcFolder = "/proc/";
    private const int KernelThreadParent = 2;

    private readonly byte[] _marker = Encoding.ASCII.GetBytes(marker);
    private readonly ProcReader _reader = new();
    private HashSet<ProcessKey> _members = [];
    private HashSet<ProcessKey> _strangers = [];

    /// <param name="found">Called as soon as a live member is met, before the next process is looked at.</param>
    /// <returns>The members by process id as /proc lists them, zombies included.</returns>
    public List<ProcStat> Scan(Action<ProcStat>? found = null)
    {
        sessions.ForgetRecycled(_reader);
        HashSet<ProcessKey> reapedBefore = sessions.ReapedLeaders();
        Pass pass = new(found);
        HashSet<ProcessKey> strangers = [];
        List<ProcStat> rest = [];
        foreach (int processId in ProcessIds())
        {
            if (ProcStat.Read(_reader, processId) is not { } process)
            {
                continue;
            }

            if (_members.Contains(process.Key)
                || sessions.Owns(process.SessionId)
                || sessions.Owns(process.GroupId)
                || pass.Includes(process.ParentId)
                || IsMarked(process, strangers))
            {
                pass.Add(process);
            }
            else
            {
                rest.Add(process);
            }
        }

        // A parent can have a higher id than its child.
        while (rest.RemoveAll(process => pass.Includes(process.ParentId) && pass.Add(process)) > 0)
        {
        }

        _members = pass.Keys;
        _strangers = strangers;
        sessions.ForgetEmpty(pass.SessionsAndGroups, reapedBefore);
        return pass.Members;
    }

    private static IEnumerable<int> ProcessIds()
    {
        foreach (string folder in Directory.EnumerateDirectories(ProcFolder))
        {
            if (int.TryParse(
                folder.Substring(ProcFolder.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int processId))
            {
                yield return processId;
            }
        }
    }

    private bool IsMarked(ProcStat process, HashSet<ProcessKey> strangers)
    {
        if (_strangers.Contains(process.Key) || process.ParentId == KernelThreadParent)
        {
            strangers.Add(process.Key);
            return false;
        }

        // Empty between two programs, and where it may not be read: then the answer is not for good.
        if (!_reader.TryRead(process.Key.ProcessId, "environ", out ReadOnlySpan<byte> environment)
            || environment.IsEmpty)
        {
            return false;
        }

        if (environment.IndexOf(_marker) >= 0)
        {
            return true;
        }

        strangers.Add(process.Key);
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
