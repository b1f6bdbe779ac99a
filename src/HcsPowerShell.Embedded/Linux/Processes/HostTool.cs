using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>Runs mkfs, ip, skopeo and the like on the host.</summary>
internal static class HostTool
{
    private const int LongestReason = 500;

    private static readonly TimeSpan s_longestRun = TimeSpan.FromSeconds(240);

    private static readonly string[] s_folders = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    private static readonly string[] s_environment = ["PATH=" + string.Join(":", s_folders), "LC_ALL=C"];

    /// <param name="id">Container it is run for; null for none.</param>
    /// <param name="function">HCS function that needs it.</param>
    /// <param name="member">Member of the document that asks for it.</param>
    /// <param name="name">Name of the program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The output of the program.</returns>
    /// <exception cref="HcsException">
    /// The program is not installed or fails; the message of the inner exception is its error output.
    /// </exception>
    public static string Run(string? id, string function, string member, string name, params string[] arguments) =>
        RunAsync(id, function, member, s_longestRun, name, arguments).GetAwaiter().GetResult();

    /// <summary>Runs a program for the time given, at most.</summary>
    public static async Task<string> RunAsync(
        string? id, string function, string member, TimeSpan longest, string name, params string[] arguments)
    {
        string path = Find(name)
            ?? throw Refusal.NotSupported(id, function, $"{member}: '{name}' is not installed.");
        using MemoryFile output = MemoryFile.Create(name, []);
        using MemoryFile error = MemoryFile.Create(name, []);
        ChildProcess process = ChildProcess.StartTool(
            path,
            [name, .. arguments],
            s_environment,
            [null, output.Descriptor, error.Descriptor]);
        process.Watch(usePidfd: true);
        using CancellationTokenSource inTime = new();
        if (await Task.WhenAny(process.Exited, Task.Delay(longest, inTime.Token)).ConfigureAwait(false) != process.Exited)
        {
            process.Kill();
            throw Refusal.Failure(id, function, $"{member}: {name} has not ended in {longest.TotalSeconds} s.");
        }

        inTime.Cancel();
        uint? code = await process.Exited.ConfigureAwait(false);
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

    /// <summary>Returns the path of a program; null when it is not installed.</summary>
    public static string? Find(string name) =>
        s_folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Runs a program as long as it is waited for.</summary>
    /// <param name="path">Path of the program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Its variables besides the standard ones.</param>
    /// <param name="held">A file that stays open, and locked, as long as the program runs.</param>
    /// <param name="guardian">Learns of the program, to end it after the end of this process.</param>
    /// <param name="abandoned">Cancelled to kill it; it is dead when the task ends.</param>
    /// <returns>Its exit code, null when that is lost, and the end of its error output.</returns>
    /// <exception cref="HcsException">The system refuses to start it.</exception>
    /// <exception cref="OperationCanceledException">It was killed.</exception>
    public static async Task<(uint? ExitCode, string Words)> RunAsync(
        string path,
        IReadOnlyList<string> arguments,
        IReadOnlyList<string> environment,
        FileDescriptor held,
        Guardian guardian,
        CancellationToken abandoned)
    {
        abandoned.ThrowIfCancellationRequested();
        string name = Path.GetFileName(path);
        using MemoryFile error = MemoryFile.Create(name, []);
        ChildProcess process = ChildProcess.StartTool(
            path, [name, .. arguments], [.. s_environment, .. environment], [null, null, error.Descriptor, held]);
        process.Watch(usePidfd: true);
        guardian.Add(process.Key);
        uint? code;
        using (abandoned.Register(process.Kill))
        {
            code = await process.Exited.ConfigureAwait(false);
        }

        guardian.Remove(process.Key);
        abandoned.ThrowIfCancellationRequested();
        return (code, End(error));
    }

    // The last line says why a program gave up.
    private static string End(MemoryFile file)
    {
        using FileStream stream = File.OpenRead(file.Path);
        stream.Position = Math.Max(0, stream.Length - LongestReason);
        using StreamReader reader = new(stream);
        string words = reader.ReadToEnd();
        return string.Concat(words.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
    }

    // The author of an image controls how long the text of a program about that image is.
    private static string Start(MemoryFile file)
    {
        using StreamReader reader = new(file.Path);
        char[] start = new char[LongestReason];
        return new string(start, 0, reader.ReadBlock(start, 0, start.Length));
    }
}
