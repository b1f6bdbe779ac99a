using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Completion;

/// <summary>Asks a service on behalf of a completer: never throws, and takes a second at most.</summary>
internal static class ListForCompletion
{
    private static readonly TimeSpan s_moment = TimeSpan.FromSeconds(1);

    /// <summary>The answer; empty where there was none in time.</summary>
    public static IReadOnlyList<T> Ask<T>(Func<CancellationToken, Task<IEnumerable<T>>> question)
    {
        // A service may hold up the call itself, so a thread of its own makes it; the pool may be busy for longer.
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
            // A completer offers what it can; the command itself will say what is wrong.
            return [];
        }
    }

    // Who no longer listens says so: the token ends what can be ended.
    private static async Task<List<T>> AnswerAsync<T>(Func<CancellationToken, Task<IEnumerable<T>>> question)
    {
        using var moment = new CancellationTokenSource(s_moment);
        return [.. await question(moment.Token).ConfigureAwait(false)];
    }
}
