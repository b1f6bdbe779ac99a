using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace HcsPowerShell.Tests.Engine;

/// <summary>A script that runs while the test goes on.</summary>
public sealed class RunningScript : IDisposable
{
    private readonly PowerShell _shell;
    private readonly PSDataCollection<PSObject> _output = [];
    private readonly IAsyncResult _running;

    public RunningScript(Runspace runspace, string script)
    {
        _shell = PowerShell.Create(runspace);
        _shell.AddScript(script);
        _running = _shell.BeginInvoke<PSObject, PSObject>(null, _output);
    }

    public IReadOnlyList<PSObject> Output => WrittenTo(_output);

    public IReadOnlyList<ErrorRecord> Errors => WrittenTo(_shell.Streams.Error);

    public IReadOnlyList<ProgressRecord> Progress => WrittenTo(_shell.Streams.Progress);

    public bool HasEnded => _running.IsCompleted;

    /// <summary>Waits for this many output objects.</summary>
    public void WaitForOutput(int count) => Poll.Until(() => _output.Count >= count, $"{count} objects of output");

    /// <summary>Waits for the end of the script.</summary>
    public void Wait() => Poll.Until(() => HasEnded, $"the end of {ShellWaits.Text(_shell)}");

    /// <summary>Stops the pipeline as Ctrl+C does, and returns the time that the stop took.</summary>
    public TimeSpan Stop()
    {
        var clock = Stopwatch.StartNew();
        _shell.StopWithin();
        return clock.Elapsed;
    }

    public void Dispose()
    {
        _shell.StopWithin();
        _shell.Dispose();
        _output.Dispose();
    }

    // Read by index: a copy of the collection fails when the script writes an object meanwhile.
    private static T[] WrittenTo<T>(PSDataCollection<T> stream) => [.. Enumerable.Range(0, stream.Count).Select(i => stream[i])];
}
