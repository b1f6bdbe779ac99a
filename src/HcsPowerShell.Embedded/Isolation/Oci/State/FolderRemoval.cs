using System.IO;
using HcsPowerShell.Embedded.Isolation.Unix;

namespace HcsPowerShell.Embedded.Isolation.Oci.State;

/// <summary>Removes a folder whose files were named by a container, in whatever bytes it liked.</summary>
internal static class FolderRemoval
{
    /// <exception cref="IOException">Something is left.</exception>
    public static void Remove(string folder)
    {
        // Not by Directory.Delete: a name that is no UTF-8 would stand for a file that does not exist.
        ChildProcess rm = ChildProcess.Start(
            "/bin/rm", ["rm", "-rf", folder], [], "/", [null, null, null], observer: null);
        rm.Watch(usePidfd: true);
        if (rm.Exited.GetAwaiter().GetResult() != 0)
        {
            throw new IOException($"The folder '{folder}' cannot be removed.");
        }
    }
}
