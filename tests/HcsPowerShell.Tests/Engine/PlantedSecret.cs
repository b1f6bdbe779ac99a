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
/// command may tell it: the streams of each script are searched. Nothing may keep it: the files that were written since are
/// searched when the run of all tests ends.
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

    /// <summary>No other text of this machine.</summary>
    public static string Text { get; } = "planted-" + Guid.NewGuid().ToString("N");

    /// <summary>Where a host, a runtime, PowerShell or a library may leave something.</summary>
    public static IReadOnlyList<string> Folders { get; } =
    [
        Path.GetTempPath(),
        .. ((string[])["/run", "/var/lib", "/var/log", "/var/tmp", "/dev/shm"]).Where(Directory.Exists),
        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData),
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData),
    ];

    /// <summary>Gives it to the processes of a runspace, as a user gives defaults of parameters.</summary>
    public static void Plant(InitialSessionState state)
    {
        var environment = new Hashtable { ["HCS_TEST_SECRET"] = Text };
        var defaults = new DefaultParameterDictionary
        {
            ["Start-HcsProcess:Environment"] = environment,
            ["Invoke-HcsProcess:Environment"] = environment,
        };
        state.Variables.Add(new SessionStateVariableEntry("PSDefaultParameterValues", defaults, null));
    }

    /// <summary>A script whose processes have only what it gives them.</summary>
    public static string Without(string script) => $"& {{ $PSDefaultParameterValues = @{{}}; {script} }}";

    /// <summary>Requires that no stream told it. The output is for those who ask for it.</summary>
    /// <param name="shell">What ran the script.</param>
    /// <param name="terminating">Errors that are in no stream.</param>
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

    /// <summary>The files written since the run began that hold it.</summary>
    public static IEnumerable<string> Files() => Folders
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*", s_all))
        .Distinct()
        .Where(Holds);

    private static bool Holds(string path)
    {
        try
        {
            // A FIFO has no length, and its opening would wait.
            var file = new FileInfo(path);
            return file.LastWriteTimeUtc >= s_begin && file.Length is > 0 and <= LargestFile
                && File.ReadAllBytes(path).AsSpan().IndexOf(Encoding.ASCII.GetBytes(Text)) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has gone meanwhile, or is a socket.
            return false;
        }
    }

    private static IEnumerable<string> Texts(ErrorRecord error) =>
    [
        error.ToString(), error.Exception.ToString(), error.CategoryInfo.ToString(), error.FullyQualifiedErrorId,
        error.TargetObject?.ToString() ?? string.Empty, error.ErrorDetails?.RecommendedAction ?? string.Empty,
    ];
}
