using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace HcsPowerShell.Tests.Engine;

/// <summary>The processes of this machine, as /proc shows them.</summary>
public static class ProcessTable
{
    /// <summary>True if the process exists and has not exited; a zombie has exited.</summary>
    public static bool IsAlive(int processId) => StateOf(processId) is not (null or 'Z' or 'X');

    /// <summary>Returns the state, such as R, S or T; null if there is no such process.</summary>
    public static char? StateOf(int processId) => StatOf(processId) is [[var state], ..] ? state : null;

    /// <summary>Returns the child processes of a process that have a name in their command lines.</summary>
    public static IEnumerable<int> ChildrenOf(int processId, string name) => All().Where(child =>
        StatOf(child) is [_, var parent, ..] && parent == processId.ToString(CultureInfo.InvariantCulture)
        && CommandLineOf(child).Contains(name, StringComparison.Ordinal));

    /// <summary>Returns the command line of every process, with its id.</summary>
    public static IEnumerable<string> CommandLines() =>
        All().Where(IsAlive).Select(process => $"process {process}: {CommandLineOf(process)}");

    /// <summary>Returns the files that processes have open.</summary>
    public static IEnumerable<string> OpenFiles() => All().SelectMany(process =>
    {
        try
        {
            return Directory.GetFiles($"/proc/{process}/fd").Select(file => new FileInfo(file).LinkTarget ?? string.Empty).ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The process has ended, or has closed a file meanwhile.
            return [];
        }
    });

    public static void WaitUntilGone(int processId) =>
        Poll.Until(() => !IsAlive(processId), $"process {processId} to end");

    private static IEnumerable<int> All() => Directory.GetDirectories("/proc")
        .Select(folder => Path.GetFileName(folder))
        .Where(name => char.IsAsciiDigit(name[0]))
        .Select(name => int.Parse(name, CultureInfo.InvariantCulture));

    private static string CommandLineOf(int processId) => Read(processId, "cmdline").Replace('\0', ' ');

    /// <summary>Returns the state, the parent and so on; empty if there is no such process.</summary>
    private static string[] StatOf(int processId)
    {
        string stat = Read(processId, "stat");
        return stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Read(int processId, string file)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/{file}"));
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }
}
