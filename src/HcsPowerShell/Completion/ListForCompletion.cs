using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Completion;

/// <summary>Queries a service for a completer: never throws, and takes a second at most.</summary>
internal static class ListForCompletion
{
    private static readonly TimeSpan s_moment = TimeSpan.FromSeconds(1);

    /// <summary>The answer; empty when there is none in time.</summary>
    public static IReadOnlyList<T> Ask<T>(Func<CancellationToken, Task<IEnumerable<T>>> question)
    {
        // The call itself may block, so a separate thread makes it. The thread pool may be busy for longer than the
        // limit.
        Task<List<T>> answer = Task.Factory.StartNew(
            () => AnswerAsync(question),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap();
        try
        {
            return answer.Wait(s_moment) ? answer.Result : [];
        }
        catch (AggregateException)
        {
            // A completer offers what it can; the command itself reports the error.
            return [];
        }
    }

    // The token cancels the query when the completer no longer waits, as far as it can be canceled.
    private static async Task<List<T>> AnswerAsync<T>(Func<CancellationToken, Task<IEnumerable<T>>> question)
    {
        using var moment = new CancellationTokenSource(s_moment);
        return [.. await question(moment.Token).ConfigureAwait(false)];
    }
}
