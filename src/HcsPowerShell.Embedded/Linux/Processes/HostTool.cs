using System;
using System.IO;
using System.Linq;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>Runs mkfs, ip and the like on the host.</summary>
internal static class HostTool
{
    private const int LongestReason = 500;

    private static readonly TimeSpan s_longestRun = TimeSpan.FromSeconds(240);

    private static readonly string[] s_folders = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    /// <param name="id">Container it is run for; null for none.</param>
    /// <param name="function">HCS function that needs it.</param>
    /// <param name="member">Member of the document that asks for it.</param>
    /// <param name="name">Name of the program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The output of the program.</returns>
    /// <exception cref="HcsException">
    /// The program is not installed or fails; the message of the inner exception is its error output.
    /// </exception>
    public static string Run(string? id, string function, string member, string name, params string[] arguments)
    {
        string path = s_folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw Refusal.NotSupported(id, function, $"{member}: '{name}' is not installed.");
        using MemoryFile output = MemoryFile.Create(name, []);
        using MemoryFile error = MemoryFile.Create(name, []);
        ChildProcess process = ChildProcess.StartTool(
            path,
            [name, .. arguments],
            ["PATH=" + string.Join(":", s_folders), "LC_ALL=C"],
            [null, output.Descriptor, error.Descriptor]);
        process.Watch(usePidfd: true);
        if (!process.Exited.Wait(s_longestRun))
        {
            process.Kill();
            throw Refusal.Failure(id, function, $"{member}: {name} has not ended in {s_longestRun.TotalSeconds} s.");
        }

        uint? code = process.Exited.Result;
        return code == 0
            ? output.ReadText()
            : throw Failure($"{member}: {name} ended with {code}; the last of the inner exceptions has its words.");

        HcsException Failure(string message)
        {
            IOException words = new(Start(error).Trim());
            return MachineLimit.Reached(Path.GetTempPath()) is { } limit
                ? Refusal.Refused(function, limit.HResult, $"{member}: {limit.Message}", words)
                : Refusal.Refused(function, HResult.Unspecified, message, words);
        }
    }

    // The author of an image controls how long the text of a program about that image is.
    private static string Start(MemoryFile file)
    {
        using StreamReader reader = new(file.Path);
        char[] start = new char[LongestReason];
        return new string(start, 0, reader.ReadBlock(start, 0, start.Length));
    }
}
