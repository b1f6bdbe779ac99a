using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;

namespace HcsPowerShell.Tests.Engine;

/// <summary>How PowerShell is started: its own arguments, and what is unlike the other tests.</summary>
public sealed record PwshStart(params string[] Arguments)
{
    /// <summary>Another program that runs what it is given, with its own arguments.</summary>
    public IReadOnlyList<string> Launcher { get; init; } = [];

    /// <summary>pwsh.dll.</summary>
    public string Program { get; init; } = StagedModule.PowerShell;

    /// <summary>The folder in which PowerShell looks for modules first.</summary>
    public string ModulePath { get; init; } = Path.GetDirectoryName(StagedModule.Folder)!;

    /// <summary>What it reads before the end of its input; null where it is told that nobody can be asked.</summary>
    public string? Input { get; init; }

    public IReadOnlyList<(string Name, string Value)> Environment { get; init; } = [];

    /// <summary>At a terminal: it may ask, and it prompts where it is given nothing to run.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>What a single wait for it may take.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(2);

    // PowerShell puts the folder of the user's modules before all it is told of, unless it is named here.
    private static string UsersModules => OperatingSystem.IsWindows()
        ? Path.Combine(FolderOf(System.Environment.SpecialFolder.MyDocuments), "PowerShell", "Modules")
        : Path.Combine(FolderOf(System.Environment.SpecialFolder.LocalApplicationData), "powershell", "Modules");

    public ProcessStartInfo ToProcess()
    {
        string[] own = IsInteractive ? ["-NoProfile", "-NoLogo"]
            : Input is null ? ["-NoProfile", "-NonInteractive"]
            : ["-NoProfile"];
        string[] line = [.. Launcher, DotNet.Program, Program, .. own, .. Arguments];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardInput = !IsInteractive,
            RedirectStandardOutput = !IsInteractive,
            RedirectStandardError = !IsInteractive,
        };
        start.Environment.Remove("HCS_HOST");
        start.Environment["TERM"] = "xterm";
        _ = IsInteractive ? start.Environment.Remove("NO_COLOR") : start.Environment.TryAdd("NO_COLOR", "1");
        start.Environment["PSModulePath"] = string.Join(Path.PathSeparator, ModulePath, UsersModules);
        foreach ((string name, string value) in Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static string FolderOf(System.Environment.SpecialFolder folder) => System.Environment.GetFolderPath(folder);
}
