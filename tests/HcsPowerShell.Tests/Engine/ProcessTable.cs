using System.Globalization;
using System.IO;

namespace HcsPowerShell.Tests.Engine;

/// <summary>The processes of this machine, as /proc shows them.</summary>
public static class ProcessTable
{
    /// <summary>It exists and has not exited; one that nobody has reaped yet has exited.</summary>
    public static bool IsAlive(int processId) => StateOf(processId) is not (null or 'Z' or 'X');

    /// <summary>R, S, T and so on; null when there is no such process.</summary>
    public static char? StateOf(int processId)
    {
        try
        {
            string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));
            return stat[stat.LastIndexOf(')') + 2];
        }
        catch (IOException)
        {
            return null;
        }
    }

    public static void WaitUntilGone(int processId) =>
        Poll.Until(() => !IsAlive(processId), $"process {processId} to end");
}
