using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Hosts;

/// <summary>
/// The time that a command has for one target. It begins with the work for that target, and each call to the service
/// gets the time that is left. Without a limit, each call has its own default.
/// </summary>
/// <remarks>After the time has passed, the operation continues in the service: HCS cannot cancel it.</remarks>
internal sealed class Deadline
{
    /// <summary>Seconds for a state change of a container or the start of a process, as in hcsshim.</summary>
    public const int ChangeSec = 240;

    /// <summary>Seconds for the end of a container, a process or a host.</summary>
    public const int EndSec = 60;

    // Even a command that looks once needs some time for its calls.
    private static readonly TimeSpan s_toLook = TimeSpan.FromSeconds(1);

    // A timer may fire early by this much.
    private static readonly TimeSpan s_earlyTimer = TimeSpan.FromMilliseconds(50);

    private readonly long _begun = Stopwatch.GetTimestamp();
    private readonly int? _seconds;
    private readonly TimeSpan? _limit;

    /// <param name="seconds">The limit in seconds; 0 looks once, null means no limit.</param>
    /// <param name="stop">Stops the wait.</param>
    public Deadline(int? seconds, CancellationToken stop)
        : this(seconds, seconds is { } limit ? TimeSpan.FromSeconds(limit) : null, stop)
    {
    }

    private Deadline(int? seconds, TimeSpan? limit, CancellationToken stop)
    {
        _seconds = seconds;
        _limit = limit;
        Stop = stop;
    }

    /// <summary>Stops the wait.</summary>
    public CancellationToken Stop { get; }

    /// <summary>Told of each call with this deadline when it has ended; null when nobody wants to know.</summary>
    public Action<EndedCall>? Ended { get; init; }

    /// <summary>The limit in seconds that the command was given; null without a limit.</summary>
    public int? Seconds => _seconds;

    /// <summary>The time that is left; null without a limit.</summary>
    public TimeSpan? Left => Until(_limit);

    private TimeSpan Elapsed => TimeSpan.FromTicks(
        (long)((Stopwatch.GetTimestamp() - _begun) * ((double)TimeSpan.TicksPerSecond / Stopwatch.Frequency)));

    private TimeSpan? LeftForCalls => Until(_seconds == 0 ? s_toLook : _limit);

    /// <summary>A deadline with a stop signal and without a limit.</summary>
    public static implicit operator Deadline(CancellationToken stop) => new(null, stop);

    /// <summary>The options of a call that may take the time that is left.</summary>
    public static implicit operator CallOptions(Deadline deadline) =>
        new(deadline.Stop, deadline.LeftForCalls) { Ended = deadline.Ended };

    /// <summary>Waits until a task has ended; false when the time passes before. Null means no time limit.</summary>
    public static async Task<bool> EndsWithinAsync(Task task, TimeSpan? time, CancellationToken stop)
    {
        if (task.IsCompleted)
        {
            return true;
        }

        // Without a limit there is no clock.
        TaskCompletionSource<bool> pause = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using Timer? clock = time is { } limit ? new Timer(EndPause, pause, limit, Timeout.InfiniteTimeSpan) : null;
        using CancellationTokenRegistration stopping = stop.Register(EndPause, pause);
        bool ended = await Task.WhenAny(pause.Task, task).ConfigureAwait(false) == task;
        stop.ThrowIfCancellationRequested();
        return ended;

        static void EndPause(object? pause) => ((TaskCompletionSource<bool>)pause!).TrySetResult(true);
    }

    /// <summary>The rest of this limit, with another stop signal.</summary>
    public Deadline Continue(CancellationToken stop) => ContinueWith(Left, stop);

    /// <summary>The same limit for work that continues later; the time until then does not count.</summary>
    /// <param name="left">The time that was left.</param>
    /// <param name="stop">Stops the wait.</param>
    public Deadline ContinueWith(TimeSpan? left, CancellationToken stop) => new(_seconds, left, stop) { Ended = Ended };

    /// <summary>A limit of its own for a part of the work, from now on.</summary>
    /// <param name="seconds">The limit in seconds; null means no limit.</param>
    public Deadline ForPart(int? seconds) => new(seconds, Stop) { Ended = Ended };

    /// <summary>The rest of this limit, with another listener for ended calls.</summary>
    public Deadline Telling(Action<EndedCall>? ended) => new(_seconds, Left, Stop) { Ended = ended };

    /// <summary>The options of a call that may take the time that is left, but no more than the given time.</summary>
    public CallOptions AtMost(TimeSpan time) =>
        new(Stop, LeftForCalls is { } left && left < time ? left : time) { Ended = Ended };

    /// <summary>The options of a call that cleans up, and goes on when the command is stopped.</summary>
    /// <param name="time">The longest time that the call may take, whatever is left.</param>
    public CallOptions ToCleanUp(TimeSpan time) => new(CancellationToken.None, time) { Ended = Ended };

    /// <summary>Waits for an event that is not a call to the service, such as an exit.</summary>
    /// <exception cref="TimeoutException">The time has passed.</exception>
    public async Task WaitAsync(Task task, string outcome)
    {
        if (!await EndsWithinAsync(task, Left, Stop).ConfigureAwait(false))
        {
            throw Passed(outcome);
        }

        await task.ConfigureAwait(false);
    }

    /// <summary>Runs work whose calls have this deadline.</summary>
    /// <exception cref="TimeoutException">The time has passed.</exception>
    public async Task<T> RunAsync<T>(Func<Deadline, Task<T>> work)
    {
        try
        {
            return await work(this).ConfigureAwait(false);
        }
        catch (HcsException e) when (Explains(e))
        {
            throw Passed("the operation itself goes on");
        }
    }

    /// <summary>The same for work without a result.</summary>
    public async Task RunAsync(Func<Deadline, Task> work)
    {
        try
        {
            await work(this).ConfigureAwait(false);
        }
        catch (HcsException e) when (Explains(e))
        {
            throw Passed("the operation itself goes on");
        }
    }

    /// <summary>The error for a deadline that has passed.</summary>
    public TimeoutException Passed(string outcome) => new($"{_seconds} s have passed; {outcome}.");

    /// <summary>True when a call failed because this deadline has passed, and not another one.</summary>
    private bool Explains(HcsException e) =>
        e.Is(HResult.OperationTimeout) && e.ResultDocument is null && LeftForCalls <= s_earlyTimer;

    private TimeSpan? Until(TimeSpan? limit) =>
        limit is not { } time ? null : time - Elapsed is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
}
