using System;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>Makes calls whose caller may stop waiting, while they go on.</summary>
internal static class Cancellable
{
    /// <summary>Makes no call when it is cancelled already.</summary>
    /// <param name="call">Takes no token: HCS cannot cancel what has been asked for.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <param name="abandoned">Sees to it that what the call opens for nobody is closed.</param>
    internal static async Task<T> RunAsync<T>(
        Func<Task<T>> call, CancellationToken cancellationToken, Action<Task<T>>? abandoned = null)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Task<T> task = call();
        if (cancellationToken.CanBeCanceled && !task.IsCompleted)
        {
            var stopped = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            using (cancellationToken.Register(() => stopped.TrySetResult(true)))
            {
                if (await Task.WhenAny(task, stopped.Task).ConfigureAwait(false) != task)
                {
                    task.Forget();
                    abandoned?.Invoke(task);
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
        }

        return await task.ConfigureAwait(false);
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    internal static Task RunAsync(Func<Task> call, CancellationToken cancellationToken) =>
        RunAsync(() => AsResult(call()), cancellationToken);

    /// <summary>Its failure has nobody left to be told.</summary>
    internal static void Forget(this Task task) => task.ContinueWith(
        static t => _ = t.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    private static async Task<bool> AsResult(Task task)
    {
        await task.ConfigureAwait(false);
        return true;
    }
}
