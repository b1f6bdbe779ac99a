using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using HcsPowerShell.Contract;

namespace HcsPowerShell.Tests.Engine;

/// <summary>The start parameters of PowerShell: its arguments, and the differences from the other tests.</summary>
public sealed record PwshStart(params string[] Arguments)
{
    /// <summary>
    /// A program with its arguments that runs the given command line; empty to start PowerShell directly.
    /// </summary>
    public IReadOnlyList<string> Launcher { get; init; } = [];

    /// <summary>The path of pwsh.dll.</summary>
    public string Program { get; init; } = StagedModule.PowerShell;

    /// <summary>The folder in which PowerShell looks for modules first.</summary>
    public string ModulePath { get; init; } = Path.GetDirectoryName(StagedModule.Folder)!;

    /// <summary>The standard input of PowerShell; null to start it as non-interactive.</summary>
    public string? Input { get; init; }

    public IReadOnlyList<(string Name, string Value)> Environment { get; init; } = [];

    /// <summary>True at a terminal: PowerShell may ask, and it prompts if it gets no command.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>The limit of a single wait.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(2);

    // On a busy machine, a new process may take longer than the four seconds that a query or the start of a process has.
    private static string Patience { get; } =
        $"$PSDefaultParameterValues['*-Hcs*:TimeoutSec'] = {(int)Waits.LimitOfProcess.TotalSeconds}; ";

    // PowerShell puts the user's module folder before all other folders, unless the path names it.
    private static string UsersModules => OperatingSystem.IsWindows()
        ? Path.Combine(FolderOf(System.Environment.SpecialFolder.MyDocuments), "PowerShell", "Modules")
        : Path.Combine(FolderOf(System.Environment.SpecialFolder.LocalApplicationData), "powershell", "Modules");

    public ProcessStartInfo ToProcess()
    {
        string[] own = IsInteractive ? ["-NoProfile", "-NoLogo"]
            : Input is null ? ["-NoProfile", "-NonInteractive"]
            : ["-NoProfile"];
        string[] arguments = [.. Arguments];
        if (arguments is [.., "-Command", _])
        {
            arguments[^1] = Patience + arguments[^1];
        }

        string[] line = [.. Launcher, DotNet.Program, Program, .. own, .. arguments];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardInput = !IsInteractive,
            RedirectStandardOutput = !IsInteractive,
            RedirectStandardError = !IsInteractive,
        };
        start.Environment.Remove("HCS_HOST");
        start.Environment["DOTNET_TieredPGO"] = "0";
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
