using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>
/// The objects that are being changed. A change claims its object; the next change of the same object waits until the
/// claim is given up, and changes of other objects run side by side.
/// </summary>
/// <typeparam name="TKey">What tells the objects apart.</typeparam>
internal sealed class Claims<TKey>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Task> _claimed = new();

    /// <summary>Claims an object. Disposing the claim gives it up.</summary>
    /// <exception cref="OperationCanceledException">The caller has stopped waiting.</exception>
    public async Task<IDisposable> TakeAsync(TKey key, CancellationToken abandoned)
    {
        Claim claim = new(this, key);
        while (true)
        {
            abandoned.ThrowIfCancellationRequested();
            if (_claimed.TryAdd(key, claim.Over))
            {
                return claim;
            }

            if (_claimed.TryGetValue(key, out Task? over))
            {
                using var waiting = CancellationTokenSource.CreateLinkedTokenSource(abandoned);
                await Task.WhenAny(over, Task.Delay(Timeout.Infinite, waiting.Token)).ConfigureAwait(false);
                waiting.Cancel();
            }
        }
    }

    private sealed class Claim(Claims<TKey> claims, TKey key) : IDisposable
    {
        private readonly TaskCompletionSource<bool> _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Over => _over.Task;

        public void Dispose()
        {
            // A second call must not give up the claim of the next one.
            if (claims._claimed.TryRemove(key, Over))
            {
                _over.SetResult(true);
            }
        }
    }
}
