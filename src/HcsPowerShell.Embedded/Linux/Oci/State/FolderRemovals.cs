using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Linux.Processes;

namespace HcsPowerShell.Embedded.Linux.Oci.State;

/// <summary>Removes folders with file names that containers have chosen, in any bytes.</summary>
/// <remarks>
/// A container is gone before its folder is: a disk may take milliseconds to free each block, and only the host needs
/// to wait for that.
/// </remarks>
internal sealed class FolderRemovals
{
    private readonly ConcurrentDictionary<string, Task<uint?>> _running = new();

    /// <exception cref="Interop.HcsException">The system refuses to start a process.</exception>
    public void Begin(string folder)
    {
        // Not by Directory.Delete: a name that is not UTF-8 would be read as the name of a file that does not exist.
        ChildProcess rm = ChildProcess.StartTool("/bin/rm", ["rm", "-rf", folder], [], [null, null, null]);
        rm.Watch(usePidfd: true);
        _running[folder] = rm.Exited;
        _ = ForgetAsync(folder, rm.Exited);
    }

    /// <summary>Waits for the removals that have begun.</summary>
    /// <exception cref="IOException">A folder cannot be removed; the message names it.</exception>
    public void Finish()
    {
        foreach (KeyValuePair<string, Task<uint?>> removal in _running)
        {
            if (removal.Value.GetAwaiter().GetResult() != 0)
            {
                throw new IOException($"The folder '{removal.Key}' cannot be removed.");
            }
        }
    }

    private async Task ForgetAsync(string folder, Task<uint?> removal)
    {
        if (await removal.ConfigureAwait(false) == 0)
        {
            _running.TryRemove(folder, out _);
        }
    }
}
