using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Hosts;

/// <summary>
/// What has ended is remembered for a while, so that it can still be asked for by id; a session that runs for months
/// does not remember for ever. Objects keep what they know.
/// </summary>
internal sealed class RememberedExits
{
    private const int Most = 4096;

    private readonly ConcurrentQueue<Action> _forgets = new();

    /// <summary>Forgets, once this has ended and enough others after it.</summary>
    public void Add(Task ended, Action forget) =>
        ended.ContinueWith(
            _ =>
            {
                _forgets.Enqueue(forget);
                if (_forgets.Count > Most && _forgets.TryDequeue(out Action? oldest))
                {
                    oldest();
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
}
