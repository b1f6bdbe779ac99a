using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>
/// Processes that hosts of this user left behind, and that the guardian did not kill because it had died too.
/// </summary>
/// <remarks>
/// The marker of a process names its host. A process can write any marker, but that only gets itself and the process
/// group it leads killed. A process that has cleared its environment is out of reach.
/// </remarks>
internal static class LostProcesses
{
    // The next host kills the rest.
    private const int MostMarkers = 100;

    private static readonly byte[] s_userField = Encoding.ASCII.GetBytes("Uid:");

    /// <summary>Looks for such processes, and starts a guardian script that kills them; does not wait for it.</summary>
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

        // A host that was itself left behind spares the processes with its own marker.
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
