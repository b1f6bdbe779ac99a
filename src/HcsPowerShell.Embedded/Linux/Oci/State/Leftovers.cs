using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Linux.Processes;

namespace HcsPowerShell.Embedded.Linux.Oci.State;

/// <summary>Removes the leftovers of hosts whose process and guardian ended before they could remove them.</summary>
internal static class Leftovers
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Removes the leftovers of every host of this machine whose process has ended. It waits half a minute at most; the
    /// rest is removed later, or at the next start.
    /// </summary>
    /// <exception cref="HcsException">The system refuses to start a process.</exception>
    public static void Remove(string runc)
    {
        if (!Directory.Exists(HostFolder.Root))
        {
            return;
        }

        List<FileStream> held = [];
        try
        {
            List<Task> removals = [];
            foreach (string file in Directory.GetFiles(HostFolder.Root, "*" + HostFolder.LockExtension))
            {
                if (HostFolder.TryLock(file, FileMode.Open) is { } hold)
                {
                    held.Add(hold);
                    string host = Path.GetFileNameWithoutExtension(file);
                    removals.Add(Guardian.Begin(LeftoversScript.Text, Arguments(host, runc)).Exited);
                }
            }

            Task.WaitAll([.. removals], s_patience);
        }
        finally
        {
            held.ForEach(hold => hold.Dispose());
        }
    }

    /// <summary>The arguments of <see cref="LeftoversScript"/> for a host.</summary>
    public static IReadOnlyList<string> Arguments(string host, string runc) =>
        [Path.Combine(HostFolder.Root, host), host, runc];
}
