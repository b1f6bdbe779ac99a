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
        : this(StagedModule.ConsoleHost, command, environment)
    {
    }

    /// <summary>A copy of the console host.</summary>
    public ConsoleHost(string host, string command, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in (string[])[host, "-NonInteractive", "-Command", command])
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

    /// <summary>Runs a command to its end; gives the lines it wrote.</summary>
    public static (IReadOnlyList<string> Output, string Error) Run(
        string command, params (string Name, string Value)[] environment)
    {
        using var host = new ConsoleHost(command, environment);
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
