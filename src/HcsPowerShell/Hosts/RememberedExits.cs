using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Hosts;

/// <summary>
/// Remembers ended containers and processes for a while, so that commands still find them by id. The number is limited,
/// so that a session that runs for months does not keep all of them. Objects keep their own data.
/// </summary>
internal sealed class RememberedExits
{
    private const int Most = 4096;

    private readonly ConcurrentQueue<Action> _forgets = new();

    /// <summary>
    /// Calls <paramref name="forget"/> when the task has ended and enough others have ended after it.
    /// </summary>
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
