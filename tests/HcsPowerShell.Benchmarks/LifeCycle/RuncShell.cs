using System;
using System.Diagnostics;
using System.IO;

namespace HcsPowerShell.Benchmarks.LifeCycle;

/// <summary>A shell that is kept running, so that a command costs only the fork of the shell.</summary>
internal sealed class RuncShell : IDisposable
{
    private readonly Process _shell;
    private readonly string _log;
    private readonly string _state;

    /// <param name="folder">The folder for the state of runc and for a log.</param>
    public RuncShell(string folder)
    {
        _log = Path.Combine(folder, "log");
        _state = Path.Combine(folder, "runc");
        _shell = Process.Start(new ProcessStartInfo("/bin/sh")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
    }

    /// <summary>Runs runc and waits for it.</summary>
    /// <exception cref="InvalidOperationException">runc fails; the message is that of runc.</exception>
    public void Run(string arguments)
    {
        _shell.StandardInput.Write($"runc --root {_state} {arguments} </dev/null >{_log} 2>&1; echo $?\n");
        _shell.StandardInput.Flush();
        if (_shell.StandardOutput.ReadLine() != "0")
        {
            throw new InvalidOperationException($"runc {arguments}: {File.ReadAllText(_log)}");
        }
    }

    public void Dispose()
    {
        _shell.StandardInput.Dispose();
        _shell.WaitForExit();
        _shell.Dispose();
    }
}
