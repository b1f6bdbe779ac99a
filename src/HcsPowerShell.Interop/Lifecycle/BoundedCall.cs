using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>One call to the compute service, with every condition that ends the wait for it.</summary>
/// <param name="Function">Name of the HCS function, as errors show it.</param>
/// <param name="DefaultTimeout">The longest time to wait when the caller gives none.</param>
/// <param name="SystemId">Id of the system the call is made on, if any.</param>
/// <param name="Lifetime">The period in which the call can be made.</param>
/// <param name="Options">How long the caller waits.</param>
internal readonly record struct BoundedCall(
    string Function, TimeSpan DefaultTimeout, string? SystemId, Lifetime Lifetime, CallOptions Options)
{
    private static readonly TimeSpan s_graceForEvent = TimeSpan.FromMilliseconds(100);

    /// <summary>A call of an operation on a system.</summary>
    public BoundedCall(ComputeOperation operation, string? systemId, Lifetime lifetime, CallOptions options)
        : this(operation.Function(), lifetime.Limits(operation), systemId, lifetime, options) =>
        StoppedMeans = operation == ComputeOperation.Start ? HResult.TerminatedDuringStart : HResult.SystemAlreadyStopped;

    /// <summary>HRESULT of the call when the system stops first.</summary>
    private int StoppedMeans { get; } = HResult.SystemAlreadyStopped;

    /// <summary>
    /// Completes with the exit of the system or process, which ends the wait; null where the exit does not matter.
    /// </summary>
    public Task? ExitKnown { get; init; }

    /// <summary>
    /// The exit itself. When it fails, its observer closes the handle, and the call fails with the same reason.
    /// </summary>
    public Task? Exited { get; init; }

    /// <summary>
    /// HRESULT of the call when the exit comes first; 0 when the exit means that the call has succeeded.
    /// </summary>
    public int OvertakenBy { get; init; }

    /// <summary>Reads the document that the call sends; null when there is none. Called only when someone listens.</summary>
    public Func<CallDocument>? Request { get; init; }

    /// <summary>
    /// Turns an exception of .NET, which the call named first has met, into the failure that its caller gets; null leaves it.
    /// </summary>
    public Func<string, Exception, Exception?>? Name { get; init; }

    /// <summary>
    /// Makes the call and waits for it. The wait ends at once when the caller cancels it, its time has passed, or the
    /// lifetime is over; the call itself continues.
    /// </summary>
    /// <param name="make">
    /// Makes the call, without blocking. Its token is cancelled when the caller no longer waits; a part that has not
    /// begun by then does not begin.
    /// </param>
    /// <param name="undo">
    /// Undoes the call when the caller no longer waits for its result. It gets the task of the call, which may still be
    /// running.
    /// </param>
    /// <exception cref="HcsException">The call is refused, its time has passed or its lifetime is over.</exception>
    /// <exception cref="OperationCanceledException">The caller stopped waiting.</exception>
    public Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> make, Func<Task<T>, Task>? undo = null) =>
        Options.Ended is { } ended ? TellAsync(make, undo, ended) : WaitAsync(make, undo);

    private async Task<T> TellAsync<T>(
        Func<CancellationToken, Task<T>> make, Func<Task<T>, Task>? undo, Action<EndedCall> ended)
    {
        var clock = Stopwatch.StartNew();
        CallDocument? answer = null;
        int hresult = 0;
        try
        {
            T result = await WaitAsync(make, undo).ConfigureAwait(false);
            answer = CallDocument.OfResult(result);
            return result;
        }
        catch (HcsException e)
        {
            hresult = e.HResult;
            throw;
        }
        catch (OperationCanceledException)
        {
            hresult = HResult.Abandoned;
            throw;
        }
        finally
        {
            ended(new EndedCall(Function, SystemId, hresult, clock.Elapsed)
            {
                Request = Request?.Invoke(),
                Answer = answer,
            });
        }
    }

    private async Task<T> WaitAsync<T>(Func<CancellationToken, Task<T>> make, Func<Task<T>, Task>? undo)
    {
        Options.CancellationToken.ThrowIfCancellationRequested();
        if (ExitKnown is { IsCompleted: true } && OvertakenBy != 0)
        {
            throw Failure(OvertakenBy);
        }

        if (!Lifetime.TryEnter())
        {
            int over = await Lifetime.Over.ConfigureAwait(false);
            throw ExitFailure ?? Failure(over);
        }

        // Not disposed: a call that continues may still use its token, and without a timer the source holds no
        // resources.
        CancellationTokenSource abandoned = new();
        Task<T> call = Begin(Named(make), abandoned.Token);
        Task first = call.IsCompleted ? call : await FirstAsync(call).ConfigureAwait(false);
        if (first == call)
        {
            return await ResultAsync(call).ConfigureAwait(false);
        }

        if (first == ExitKnown && OvertakenBy == 0)
        {
            call.Forget();
            return default!;
        }

        abandoned.Cancel();
        (undo is null ? call : undo(call)).Forget();
        throw await ReasonAsync(first).ConfigureAwait(false);
    }

    /// <summary>Makes a call without a result and waits for it.</summary>
    public Task RunAsync(Func<CancellationToken, Task> make) => RunAsync(async abandoned =>
    {
        await make(abandoned).ConfigureAwait(false);
        return true;
    });

    private Func<CancellationToken, Task<T>> Named<T>(Func<CancellationToken, Task<T>> make)
    {
        if (Name is not { } name)
        {
            return make;
        }

        string function = Function;
        return async abandoned =>
        {
            try
            {
                return await make(abandoned).ConfigureAwait(false);
            }
            catch (Exception e) when (name(function, e) is { } named)
            {
                throw named;
            }
        };
    }

    private Task<T> Begin<T>(Func<CancellationToken, Task<T>> make, CancellationToken abandoned)
    {
        Lifetime lifetime = Lifetime;
        Task<T> call;
        try
        {
            call = make(abandoned);
        }
        catch (Exception e)
        {
            lifetime.Leave();
            return Task.FromException<T>(e);
        }

        if (call.IsCompleted)
        {
            lifetime.Leave();
        }
        else
        {
            call.ContinueWith(
                static (_, state) => ((Lifetime)state!).Leave(),
                lifetime,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }

        return call;
    }

    /// <summary>
    /// Returns the task that ends the wait: the call, the exit, the end of the lifetime, or the clock, which also ends
    /// when the caller cancels.
    /// </summary>
    private async Task<Task> FirstAsync(Task call)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(Options.CancellationToken);
        Task clock = Task.Delay(Limit(), timer.Token);
        Task first = await (ExitKnown is null
            ? Task.WhenAny(call, Lifetime.Over, clock)
            : Task.WhenAny(call, ExitKnown, Lifetime.Over, clock)).ConfigureAwait(false);
        timer.Cancel();

        // A caller that sees the exit may close the handle, and the thread pool decides which of the two is noticed
        // first.
        return first != call && ExitKnown is { IsCompleted: true } ? ExitKnown : first;
    }

    // A call that fails because the service disconnects may fail before its handle is told of the disconnect.
    private async Task<T> ResultAsync<T>(Task<T> call)
    {
        try
        {
            return await call.ConfigureAwait(false);
        }
        catch (HcsException e) when (e.IsServiceLost && !e.Is(HResult.ServiceDisconnect))
        {
            await Task.WhenAny(Lifetime.Over, Task.Delay(s_graceForEvent)).ConfigureAwait(false);
            if (Lifetime.Over.IsCompleted && await Lifetime.Over.ConfigureAwait(false) == HResult.ServiceDisconnect)
            {
                throw new HcsException(e.Function, HResult.ServiceDisconnect, e.SystemId, e.ResultDocument, e);
            }

            throw;
        }
    }

    private async Task<Exception> ReasonAsync(Task first) =>
        first == ExitKnown ? Overtaken(OvertakenBy)
        : Options.CancellationToken.IsCancellationRequested ? new OperationCanceledException(Options.CancellationToken)
        : first == Lifetime.Over ? ExitFailure ?? Overtaken(await Lifetime.Over.ConfigureAwait(false))
        : TimedOut(Limit());

    private HcsException? ExitFailure =>
        Exited?.Exception?.InnerException is HcsException failure && !failure.Is(HResult.InvalidHandle)
        && !failure.Is(HResult.ServiceDisconnect)
            ? new HcsException(failure.Function, failure.HResult, SystemId, failure.ResultDocument, failure)
            : null;

    /// <summary>
    /// Returns the time to wait. A negative rest counts as zero; a time that is too long for a timer counts as
    /// infinite.
    /// </summary>
    private TimeSpan Limit()
    {
        TimeSpan time = Options.Timeout ?? DefaultTimeout;
        return time == Timeout.InfiniteTimeSpan || time.TotalMilliseconds > int.MaxValue ? Timeout.InfiniteTimeSpan
            : time < TimeSpan.Zero ? TimeSpan.Zero
            : time;
    }

    private HcsException Failure(int hresult) => new(Function, hresult, SystemId);

    private HcsException Overtaken(int hresult) => Failure(
        hresult == HResult.SystemAlreadyStopped ? StoppedMeans : hresult);

    private HcsException TimedOut(TimeSpan time) => new(
        Function,
        HResult.OperationTimeout,
        SystemId,
        message: FormattableString.Invariant(
            $"{Function} has not ended in {time.TotalSeconds:0.###} s; what was asked for goes on."));
}

/// <summary>Tasks whose result is ignored.</summary>
internal static class ForgottenTask
{
    /// <summary>Observes a failure of the task, so that it is not reported as an unobserved exception.</summary>
    internal static void Forget(this Task task) => task.ContinueWith(
        static t => _ = t.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
