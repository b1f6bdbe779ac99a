using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Tasks;
using Xunit;
using Xunit.Sdk;

namespace HcsPowerShell.Tests.Engine;

/// <summary>
/// The PowerShell that NuGet restores, in a new process, which finds the staged module. If a wait takes longer than its
/// limit, the process is killed and the test fails.
/// </summary>
public sealed class Pwsh : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Task<string> _error;

    public Pwsh(string command, params (string Name, string Value)[] environment)
        : this(new PwshStart("-Command", command) { Environment = environment })
    {
    }

    public Pwsh(PwshStart start)
    {
        _limit = start.Limit;
        _process = Process.Start(start.ToProcess())!;
        _process.StandardInput.Write(start.Input);
        _process.StandardInput.Close();
        _error = _process.StandardError.ReadToEndAsync();
    }

    public int ProcessId => _process.Id;

    /// <summary>Runs a command to its end.</summary>
    public static PwshResult Run(string command, params (string Name, string Value)[] environment) =>
        Run(new PwshStart("-Command", command) { Environment = environment });

    public static PwshResult Run(PwshStart start)
    {
        using var pwsh = new Pwsh(start);
        return pwsh.ReadToEnd();
    }

    /// <summary>Skips the test if PowerShell has no such module.</summary>
    public static void Require(string module) => Assert.SkipUnless(
        Run($"[bool](Get-Module -ListAvailable {module})").Output is ["True"], $"Needs pwsh with {module}");

    /// <summary>Waits for the end of the process, and returns the lines of output that were not read yet.</summary>
    public PwshResult ReadToEnd()
    {
        int read = _lines.Count;
        while (ReadLine() is not null)
        {
        }

        Require(_error, "to close standard error");
        Require(_process.WaitForExitAsync(), "to exit");
        return new PwshResult(_process.ExitCode, _lines[read..], _error.Result);
    }

    /// <summary>Returns the next line of standard output; null at its end.</summary>
    public string? ReadLine()
    {
        Task<string?> next = _process.StandardOutput.ReadLineAsync();
        Require(next, "to write a line");
        if (next.Result is { } line)
        {
            _lines.Add(line);
        }

        return next.Result;
    }

    /// <summary>Kills the process with SIGKILL, but not the processes that it has started.</summary>
    public void Kill()
    {
        _process.Kill();
        Assert.True(_process.WaitForExit(_limit));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        // Disposing the process does not close streams from which a test has read.
        _process.StandardOutput.Dispose();
        _process.StandardError.Dispose();
        _process.Dispose();
    }

    private void Require(Task task, string what)
    {
        if (!task.Wait(_limit))
        {
            Kill();
            string error = _error.Wait(_limit) ? _error.Result : string.Empty;
            throw new XunitException(string.Create(
                CultureInfo.InvariantCulture,
                $"PowerShell took longer than {_limit.TotalSeconds} s {what}.\n{string.Join('\n', _lines)}\n{error}"));
        }
    }
}
