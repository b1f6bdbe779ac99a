using System;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Abstractions;

/// <summary>Bounds our waiting. What was asked of the service goes on: HCS cannot cancel an operation.</summary>
internal static class Deadline
{
    /// <summary>Seconds a command waits for the service unless told otherwise; hcsshim waits as long.</summary>
    public const int DefaultSec = 240;

    /// <summary>Awaits work for a time; 0 seconds looks once, null waits without end.</summary>
    /// <exception cref="TimeoutException">The time has passed; the message says so, and the outcome.</exception>
    public static async Task<T> WithinAsync<T>(
        int? seconds,
        CancellationToken stop,
        Func<CancellationToken, Task<T>> work,
        string outcome = "the operation itself goes on")
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task<T> running = work(end.Token);
        if (running.IsCompleted)
        {
            return await running.ConfigureAwait(false);
        }

        Task clock = seconds is { } limit
            ? Task.Delay(TimeSpan.FromSeconds(limit), end.Token)
            : Task.Delay(Timeout.Infinite, end.Token);
        Task first = await Task.WhenAny(running, clock).ConfigureAwait(false);
        end.Cancel();
        stop.ThrowIfCancellationRequested();
        return first == running
            ? await running.ConfigureAwait(false)
            : throw new TimeoutException($"{seconds} s have passed; {outcome}.");
    }

    /// <summary>The same for work without a result.</summary>
    public static Task WithinAsync(
        int? seconds,
        CancellationToken stop,
        Func<CancellationToken, Task> work,
        string outcome = "the operation itself goes on") =>
        WithinAsync(
            seconds,
            stop,
            async token =>
            {
                await work(token).ConfigureAwait(false);
                return true;
            },
            outcome);
}
