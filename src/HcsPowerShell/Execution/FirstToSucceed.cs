using System;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Execution;

/// <summary>Runs several pieces of work at the same time; the first one that succeeds ends the others.</summary>
internal sealed class FirstToSucceed
{
    private readonly TaskCompletionSource<bool> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Runs one piece of work to its end, or until another one has succeeded.</summary>
    /// <param name="work">The work; true when it has succeeded.</param>
    /// <param name="stop">Stops the work.</param>
    public async Task RunAsync(Func<CancellationToken, Task<bool>> work, CancellationToken stop)
    {
        if (_first.Task.IsCompleted)
        {
            return;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task<bool> running = work(over.Token);
        await Task.WhenAny(running, _first.Task).ConfigureAwait(false);
        if (!running.IsCompleted)
        {
            over.Cancel();
            await Task.WhenAny(running).ConfigureAwait(false);
            return;
        }

        if (await running.ConfigureAwait(false))
        {
            _first.TrySetResult(true);
        }
    }
}
