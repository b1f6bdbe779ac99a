using System;
using System.Diagnostics;
using System.IO;

namespace HcsPowerShell.Benchmarks.Measuring;

/// <summary>A shell that is kept running, so that a command costs only the fork of the shell.</summary>
internal sealed class BareShell : IDisposable
{
    private readonly Process _shell;
    private readonly string _log;

    /// <param name="folder">The folder for a log.</param>
    public BareShell(string folder)
    {
        _log = Path.Combine(folder, "log");
        _shell = Process.Start(new ProcessStartInfo("/bin/sh")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
    }

    /// <summary>Runs a program and waits for it.</summary>
    /// <exception cref="InvalidOperationException">The program fails; the message is its own.</exception>
    public void Run(string command)
    {
        _shell.StandardInput.Write($"{command} </dev/null >{_log} 2>&1; echo $?\n");
        _shell.StandardInput.Flush();
        if (_shell.StandardOutput.ReadLine() != "0")
        {
            throw new InvalidOperationException($"{command}: {File.ReadAllText(_log)}");
        }
    }

    public void Dispose()
    {
        _shell.StandardInput.Dispose();
        _shell.WaitForExit();
        _shell.Dispose();
    }
}
