using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>Processes that hosts of this user have left, whose guardian did not live to kill them either.</summary>
/// <remarks>
/// A process is known by its marker, which names the host. It can have written any marker; but what it gains by that is its
/// own end and that of the process group it leads. Out of reach is what has cleared its environment.
/// </remarks>
internal static class LostProcesses
{
    // The rest comes with the next host.
    private const int MostMarkers = 100;

    private static readonly byte[] s_userField = Encoding.ASCII.GetBytes("Uid:");

    /// <summary>Looks for such processes, and lets a guardian's script kill them; it is not waited for.</summary>
    /// <exception cref="HcsException">The system refuses to start a process.</exception>
    public static void End()
    {
        string[] markers = [.. FindMarkers().Take(MostMarkers)];
        if (markers.Length > 0)
        {
            Guardian.Begin(SweepScript.Text, markers);
        }
    }

    private static HashSet<string> FindMarkers()
    {
        ProcReader reader = new();
        HashSet<string> lost = [];
        HashSet<string> others = [];
        foreach (int processId in ProcessIds.Read())
        {
            if (!reader.TryRead(processId, "environ", out ReadOnlySpan<byte> environment)
                || Marker.Find(environment) is not var (prefix, host)
                || lost.Contains(prefix)
                || others.Contains(prefix))
            {
                continue;
            }

            if (!host.HasEnded(reader))
            {
                others.Add(prefix);
            }
            else if (IsOfThisUser(reader, processId))
            {
                lost.Add(prefix);
            }
        }

        // Who was left behind itself, and is a host now, leaves its like alone.
        if (reader.TryRead("/proc/self/environ", out ReadOnlySpan<byte> own) && Marker.Find(own) is { } mine)
        {
            lost.Remove(mine.Prefix);
        }

        return lost;
    }

    private static bool IsOfThisUser(ProcReader reader, int processId) =>
        reader.TryRead(processId, "status", out ReadOnlySpan<byte> status)
        && ProcFields.Find(status, s_userField) == Libc.geteuid();
}
