using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>Closes a handle whose caller stopped waiting for it.</summary>
internal static class UnwantedContainer
{
    internal static void CloseWhenOpened<T>(this Task<T> opening)
        where T : NativeContainer => opening.ContinueWith(
            static t => t.Result.Close(),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion,
            TaskScheduler.Default);
}
