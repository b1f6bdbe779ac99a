using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>Reads the ids of all processes, as /proc lists them.</summary>
internal static class ProcessIds
{
    private const string Folder = "/proc/";

    public static IEnumerable<int> Read()
    {
        foreach (string folder in Directory.EnumerateDirectories(Folder))
        {
            if (int.TryParse(
                folder.Substring(Folder.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int processId))
            {
                yield return processId;
            }
        }
    }
}
