using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading.Tasks;

namespace HcsPowerShell.Tests.Engine;

/// <summary>The console host in a process of its own, for what a whole process is needed.</summary>
public sealed class ConsoleHost : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;

    public ConsoleHost(string command, params (string Name, string Value)[] environment)
        : this([], StagedModule.ConsoleHost, command, environment)
    {
    }

    /// <summary>A copy of the console host.</summary>
    public ConsoleHost(string host, string command, (string Name, string Value)[] environment)
        : this([], host, command, environment)
    {
    }

    private ConsoleHost(
        IReadOnlyList<string> launcher, string shell, string command, (string Name, string Value)[] environment)
    {
        string[] line = [.. launcher, DotNet, shell, "-NonInteractive", "-Command", command];
        var start = new ProcessStartInfo(line[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in line[1..])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("HCS_HOST");
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>The program that runs it.</summary>
    public static string DotNet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Runs a command to its end; gives the lines it wrote.</summary>
    public static (IReadOnlyList<string> Output, string Error) Run(
        string command, params (string Name, string Value)[] environment) =>
        RunThrough([], StagedModule.ConsoleHost, command, environment);

    /// <summary>The same through another program, which runs what it is given.</summary>
    /// <param name="launcher">That program, and its own arguments.</param>
    /// <param name="shell">The console host, or a copy of it.</param>
    /// <param name="command">The command.</param>
    /// <param name="environment">Variables.</param>
    public static (IReadOnlyList<string> Output, string Error) RunThrough(
        IReadOnlyList<string> launcher, string shell, string command, params (string Name, string Value)[] environment)
    {
        using var host = new ConsoleHost(launcher, shell, command, environment);
        return host.ReadToEnd();
    }

    /// <summary>Waits for its end; gives the lines it wrote that were not read yet.</summary>
    public (IReadOnlyList<string> Output, string Error) ReadToEnd()
    {
        string output = _process.StandardOutput.ReadToEnd();
        _process.WaitForExit();
        return (output.Split('\n'), _error.Result);
    }

    /// <summary>The next line of standard output; null at its end.</summary>
    public string? ReadLine() => _process.StandardOutput.ReadLine();

    /// <summary>Ends it by SIGKILL, and nothing it has started.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}
