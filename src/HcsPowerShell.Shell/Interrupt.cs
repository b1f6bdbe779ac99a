using System;
using System.Management.Automation.Runspaces;
using System.Runtime.InteropServices;
using System.Threading;

namespace HcsPowerShell.Shell;

/// <summary>
/// Ctrl+C stops what runs and leaves the process alone. A request to end stops it too, so that its clean-up runs, and
/// then ends the process.
/// </summary>
internal sealed class Interrupt : IDisposable
{
    private const int SignalExitCode = 128;
    private static readonly TimeSpan s_timeToStop = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly PosixSignalRegistration[] _endings;
    private readonly ManualResetEventSlim _idle = new(initialState: true);
    private Pipeline? _running;

    public Interrupt()
    {
        Console.CancelKeyPress += Stop;
        _endings = [Ending(PosixSignal.SIGTERM, number: 15), Ending(PosixSignal.SIGHUP, number: 1)];
    }

    /// <summary>The exit code of a process that was asked to end; null if it was not.</summary>
    public int? RequestedExitCode { get; private set; }

    /// <summary>Names the pipeline that Ctrl+C stops from now on, and returns the one it stopped before.</summary>
    public Pipeline? Target(Pipeline? pipeline)
    {
        lock (_gate)
        {
            Pipeline? previous = _running;
            _running = pipeline;
            if (pipeline is null)
            {
                _idle.Set();
            }
            else
            {
                _idle.Reset();
            }

            return previous;
        }
    }

    public void Dispose()
    {
        Console.CancelKeyPress -= Stop;
        foreach (PosixSignalRegistration ending in _endings)
        {
            ending.Dispose();
        }

        _idle.Dispose();
    }

    private void Stop(object? sender, ConsoleCancelEventArgs signal)
    {
        signal.Cancel = true;
        BeginStop();
    }

    /// <summary>Does not wait: the ending pipeline needs the gate.</summary>
    private void BeginStop()
    {
        lock (_gate)
        {
            _running?.StopAsync();
        }
    }

    private PosixSignalRegistration Ending(PosixSignal signal, int number) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            RequestedExitCode = SignalExitCode + number;
            BeginStop();
            _idle.Wait(s_timeToStop);
            Environment.Exit(SignalExitCode + number);
        });
}
