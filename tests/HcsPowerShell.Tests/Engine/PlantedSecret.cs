using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text;
using Xunit;

namespace HcsPowerShell.Tests.Engine;

/// <summary>
/// A secret in the environment of every process that a session starts, unless the test gives it another environment. No
/// command may reveal it: the streams of each script are searched. No file may contain it: when the run of all tests
/// ends, the files that were written since are searched.
/// </summary>
public static class PlantedSecret
{
    private const long LargestFile = 64 << 20;

    private static readonly DateTime s_begin = DateTime.UtcNow;

    private static readonly EnumerationOptions s_all = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Device,
    };

    /// <summary>The secret, which differs from every other text on this machine.</summary>
    public static string Text { get; } = "planted-" + Guid.NewGuid().ToString("N");

    /// <summary>The folders in which a host, a runtime, PowerShell or a library may leave files.</summary>
    public static IReadOnlyList<string> Folders { get; } =
    [
        Path.GetTempPath(),
        .. ((string[])["/run", "/var/lib", "/var/log", "/var/tmp", "/dev/shm"]).Where(Directory.Exists),
        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData),
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData),
    ];

    /// <summary>Gives the secret to the processes of a runspace, through defaults that a user can set as well.</summary>
    public static void Plant(DefaultParameterDictionary defaults)
    {
        var environment = new Hashtable { ["HCS_TEST_SECRET"] = Text };
        defaults["Start-HcsProcess:Environment"] = environment;
        defaults["Invoke-HcsProcess:Environment"] = environment;
    }

    /// <summary>
    /// Requires that no stream reveals the secret. The output stream is not searched, because a test may ask for the
    /// secret.
    /// </summary>
    /// <param name="shell">The shell that ran the script.</param>
    /// <param name="terminating">The errors that are in no stream.</param>
    public static void RequireUntold(PowerShell shell, IEnumerable<ErrorRecord> terminating)
    {
        PSDataStreams streams = shell.Streams;
        IEnumerable<string> told =
        [
            .. streams.Error.Concat(terminating).SelectMany(Texts),
            .. streams.Warning.Select(warning => warning.Message),
            .. streams.Verbose.Select(verbose => verbose.Message),
            .. streams.Debug.Select(debug => debug.Message),
            .. streams.Information.Select(information => information.ToString()),
            .. streams.Progress.Select(progress => progress.ToString()),
        ];
        Assert.DoesNotContain(told, text => text.Contains(Text, StringComparison.Ordinal));
    }

    /// <summary>Returns the files with the secret that were written since the run began.</summary>
    public static IEnumerable<string> Files() => Folders
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*", s_all))
        .Distinct()
        .Where(Holds);

    private static bool Holds(string path)
    {
        try
        {
            // A FIFO has no length, and opening it would block.
            var file = new FileInfo(path);
            return file.LastWriteTimeUtc >= s_begin && file.Length is > 0 and <= LargestFile
                && File.ReadAllBytes(path).AsSpan().IndexOf(Encoding.ASCII.GetBytes(Text)) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The file has disappeared meanwhile, or is a socket.
            return false;
        }
    }

    private static IEnumerable<string> Texts(ErrorRecord error) =>
    [
        error.ToString(), error.Exception.ToString(), error.CategoryInfo.ToString(), error.FullyQualifiedErrorId,
        error.TargetObject?.ToString() ?? string.Empty, error.ErrorDetails?.RecommendedAction ?? string.Empty,
    ];
}
