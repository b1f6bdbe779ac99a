using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>Lets a caller stop waiting for a task that goes on.</summary>
internal static class StopWaiting
{
    internal static async Task<T> OrStopAsync<T>(this Task<T> task, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled && !task.IsCompleted)
        {
            var stopped = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            using (cancellationToken.Register(() => stopped.TrySetResult(true)))
            {
                if (await Task.WhenAny(task, stopped.Task).ConfigureAwait(false) != task)
                {
                    task.Forget();
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
        }

        return await task.ConfigureAwait(false);
    }

    internal static async Task OrStopAsync(this Task task, CancellationToken cancellationToken) =>
        await AsResult(task).OrStopAsync(cancellationToken).ConfigureAwait(false);

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
