using System;
using System.Management.Automation.Runspaces;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Hosts;

/// <summary>The PowerShell session that leads to a host in another process. The session is the user's: it is never closed.</summary>
internal sealed class HostSession(PSSession session)
{
    // After this time, who waits is told what for.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_untilNextLook = TimeSpan.FromMilliseconds(10);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private Lasting? _lasting;
    private volatile string? _running;

    /// <summary>The name of the computer, as the user gave it to the session.</summary>
    public string Computer => session.ComputerName;

    /// <summary>The id that the engine marks objects with that it received through the session.</summary>
    public Guid InstanceId => session.InstanceId;

    /// <summary>False for a session that has broken, or that was disconnected or closed.</summary>
    public bool IsOpen => session.Runspace.RunspaceStateInfo.State == RunspaceState.Opened;

    /// <summary>True while the session runs a command.</summary>
    public bool IsBusy => _turn.CurrentCount == 0 || session.Runspace.RunspaceAvailability == RunspaceAvailability.Busy;

    /// <summary>The location of what is behind the session.</summary>
    public Elsewhere Place => Elsewhere.BehindSession(Computer, InstanceId);

    /// <summary>
    /// Begins a command on the session, until the result is disposed. The session runs one command at a time: others wait,
    /// but not for one that lasts as long as its target.
    /// </summary>
    /// <param name="command">The name of the command.</param>
    /// <param name="lasts">True for a command that lasts.</param>
    /// <param name="inputEnd">
    /// Completes at the end of the input of the command. A command before it in the pipeline may have the session until
    /// then.
    /// </param>
    /// <param name="tell">Tells what a long wait is for.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="HostBusyException">The session runs a command that lasts.</exception>
    public async Task<IDisposable> BeginAsync(
        string command, bool lasts, Task inputEnd, Action<string> tell, CancellationToken stop)
    {
        Lasting? own = lasts ? new Lasting(command) : null;
        while ((own is null ? Volatile.Read(ref _lasting) : Interlocked.CompareExchange(ref _lasting, own, null)) is { } other)
        {
            if (inputEnd.IsCompleted)
            {
                throw new HostBusyException(
                    $"the session to computer '{Computer}' is busy with {other.Command} and does one thing at a time.");
            }

            Task over = Task.WhenAny(inputEnd, other.Ended.Task, Task.Delay(Timeout.Infinite, stop));
            await TellWhileAsync(over, command, other.Command, tell, stop).ConfigureAwait(false);
            await over.ConfigureAwait(false);
            stop.ThrowIfCancellationRequested();
        }

        try
        {
            Task turn = TakeTurnAsync(stop);
            await Task.WhenAny(turn, inputEnd).ConfigureAwait(false);
            await TellWhileAsync(turn, command, _running, tell, stop).ConfigureAwait(false);
            await turn.ConfigureAwait(false);
            _running = command;
            return new Run(this, own);
        }
        catch
        {
            Release(own);
            throw;
        }
    }

    /// <summary>Waits until the engine lets the session run another command: a while after the end of one.</summary>
    public async Task UntilAvailableAsync(CancellationToken stop)
    {
        while (session.Runspace.RunspaceAvailability == RunspaceAvailability.Busy)
        {
            await Task.Delay(s_untilNextLook, stop).ConfigureAwait(false);
        }
    }

    /// <summary>The runspace of the session.</summary>
    /// <exception cref="HostDisconnectedException">The session is not open.</exception>
    public Runspace OpenRunspace => IsOpen ? session.Runspace : throw Broken();

    /// <summary>The error for a session that is not open.</summary>
    /// <param name="cause">The failure that showed it.</param>
    public HostDisconnectedException Broken(Exception? cause = null) => new(
        $"the session to computer '{Computer}' "

        // A failure of the connection can come before the session shows it.
        + (IsOpen ? "does not work any more" : $"is {session.Runspace.RunspaceStateInfo.State}, not Opened")
        + (cause is null ? "." : $": {cause.Message}"),
        cause);

    private async Task TellWhileAsync(Task waiting, string command, string? running, Action<string> tell, CancellationToken stop)
    {
        if (await Task.WhenAny(waiting, Task.Delay(s_patience, stop)).ConfigureAwait(false) != waiting
            && !stop.IsCancellationRequested)
        {
            tell(
                $"{command} waits for the session to computer '{Computer}', which runs "
                + $"{running ?? "another command of this PowerShell"} and does one thing at a time.");
        }
    }

    // The user's own commands have the session, too.
    private async Task TakeTurnAsync(CancellationToken stop)
    {
        await _turn.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            await UntilAvailableAsync(stop).ConfigureAwait(false);
        }
        catch
        {
            _turn.Release();
            throw;
        }
    }

    private void Release(Lasting? lasting)
    {
        if (lasting is not null)
        {
            Interlocked.CompareExchange(ref _lasting, null, lasting);
            lasting.Ended.TrySetResult(true);
        }
    }

    /// <summary>A command that lasts as long as its target.</summary>
    private sealed record Lasting(string Command)
    {
        public TaskCompletionSource<bool> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Run(HostSession session, Lasting? lasting) : IDisposable
    {
        public void Dispose()
        {
            session._running = null;
            session._turn.Release();
            session.Release(lasting);
        }
    }
}

/// <summary>The session that leads to a host runs another command, which does not end by itself.</summary>
internal sealed class HostBusyException(string message) : Exception(message);

/// <summary>The session that leads to a host does not work any more, or the host was disconnected.</summary>
internal sealed class HostDisconnectedException(string message, Exception? cause = null) : Exception(message, cause);
