using System;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Faults;

namespace HcsPowerShell.Embedded.Faults;

/// <summary>Makes calls as the plan in force wants them. All members may be called from any thread.</summary>
internal sealed class FaultInjector
{
    private volatile FaultPlan _plan = FaultPlan.Empty;
    private ServiceConnection _connection = new();

    public FaultPlan Plan
    {
        get => _plan;
        set => _plan = value;
    }

    /// <summary>What new handles are tied to.</summary>
    public ServiceConnection Connection => Volatile.Read(ref _connection);

    /// <param name="call">What is called.</param>
    /// <param name="connection">The connection the call is made over.</param>
    /// <param name="make">Makes the call.</param>
    /// <param name="abandon">Undoes a call that was made and whose completion nobody hears of.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public Task<T> CallAsync<T>(
        FaultyCall call,
        ServiceConnection connection,
        Func<CancellationToken, Task<T>> make,
        Func<T, Task>? abandon,
        CancellationToken cancellationToken)
    {
        if (connection.IsLost)
        {
            return Task.FromException<T>(call.Disconnected());
        }

        return Plan.Next(call.Operation) is { } fault
            ? DisturbAsync(fault, call, connection, make, abandon, cancellationToken)
            : connection.HoldAsync(make(cancellationToken), call.Disconnected);
    }

    /// <summary>An exit as the waiters get to know it.</summary>
    public async Task<T> NotifyAsync<T>(Fault? fault, FaultyCall call, ServiceConnection connection, Task<T> exited)
    {
        T status = await connection.HoldAsync(exited, call.Disconnected).ConfigureAwait(false);
        switch (fault?.Kind)
        {
            case null:
                return status;
            case FaultKind.Refused:
                throw call.Refused(fault);
            case FaultKind.Disconnected:
                Disconnect();
                throw call.Disconnected();
            default:
                await connection.PauseAsync(fault.Time, call.Disconnected, CancellationToken.None).ConfigureAwait(false);
                return status;
        }
    }

    /// <summary>Closes a handle. A close never waits: one that is delayed happens later, one whose completion is lost never.</summary>
    public void Close(FaultyCall call, ServiceConnection connection, Action close)
    {
        Fault? fault = connection.IsLost ? null : Plan.Next(call.Operation);
        if (fault is { Kind: FaultKind.Delayed or FaultKind.Late })
        {
            _ = CloseLaterAsync(fault.Time, call, connection, close);
            return;
        }

        close();
        if (fault is { Kind: FaultKind.Refused })
        {
            throw call.Refused(fault);
        }

        if (fault is { Kind: FaultKind.Disconnected })
        {
            Disconnect();
            throw call.Disconnected();
        }
    }

    private async Task<T> DisturbAsync<T>(
        Fault fault,
        FaultyCall call,
        ServiceConnection connection,
        Func<CancellationToken, Task<T>> make,
        Func<T, Task>? abandon,
        CancellationToken cancellationToken)
    {
        switch (fault.Kind)
        {
            case FaultKind.Refused:
                throw call.Refused(fault);
            case FaultKind.Disconnected:
                Disconnect();
                throw call.Disconnected();
            case FaultKind.Delayed:
                await connection.PauseAsync(fault.Time, call.Disconnected, cancellationToken).ConfigureAwait(false);
                return await connection.HoldAsync(make(cancellationToken), call.Disconnected).ConfigureAwait(false);
            default:
                T result = await connection.HoldAsync(make(cancellationToken), call.Disconnected).ConfigureAwait(false);
                bool heard = false;
                try
                {
                    await connection.PauseAsync(fault.Time, call.Disconnected, cancellationToken).ConfigureAwait(false);
                    heard = true;
                    return result;
                }
                finally
                {
                    if (!heard && abandon is not null)
                    {
                        await abandon(result).ConfigureAwait(false);
                    }
                }
        }
    }

    private void Disconnect() => Interlocked.Exchange(ref _connection, new ServiceConnection()).Lose();

    private static async Task CloseLaterAsync(TimeSpan time, FaultyCall call, ServiceConnection connection, Action close)
    {
        try
        {
            await connection.PauseAsync(time, call.Disconnected, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Interop.HcsException)
        {
            // The service or the host has gone: nothing is left to wait for.
        }

        close();
    }
}
