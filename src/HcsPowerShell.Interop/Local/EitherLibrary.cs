using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Interop.Local;

/// <summary>Calls one library and, if it refuses, the other one, both within the time of one call.</summary>
internal static class EitherLibrary
{
    /// <summary>
    /// Returns the answer of the first library, or else that of the second. When both refuse, the first refusal is
    /// thrown, unless it only says that the library is missing.
    /// </summary>
    /// <param name="operation">The operation that is called.</param>
    /// <param name="options">How long the caller waits.</param>
    /// <param name="first">Calls the library that is expected to know the answer.</param>
    /// <param name="second">Calls the other library.</param>
    /// <param name="evenIfNotFound">
    /// True to call the second library even when the first does not find the system.
    /// </param>
    internal static async Task<T> CallAsync<T>(
        ComputeOperation operation,
        CallOptions options,
        Func<CallOptions, Task<T>> first,
        Func<CallOptions, Task<T>> second,
        bool evenIfNotFound = false)
    {
        var time = Stopwatch.StartNew();
        try
        {
            return await first(options).ConfigureAwait(false);
        }
        catch (HcsException refusal)
            when (!options.CancellationToken.IsCancellationRequested
                && (MayNeedTheOther(refusal) || (evenIfNotFound && refusal.Is(HResult.SystemNotFound))))
        {
            try
            {
                return await second(options with { Timeout = Left(operation, options, time) }).ConfigureAwait(false);
            }
            catch (HcsException e) when (!e.Is(HResult.OperationTimeout) && (!IsMissing(refusal) || IsMissing(e)))
            {
                throw refusal;
            }
        }
    }

    internal static bool IsMissing(HcsException e) => e.Is(HResult.ModuleNotFound);

    /// <summary>
    /// False where the other library cannot do better: the caller lacks the rights, the service has disconnected, the
    /// system or process no longer exists, or the call is still running.
    /// </summary>
    private static bool MayNeedTheOther(HcsException e) =>
        !e.IsAccessDenied && !e.IsServiceLost && !e.Is(HResult.OperationTimeout)
        && !e.Is(HResult.SystemNotFound) && !e.Is(HResult.SystemAlreadyStopped)
        && !e.Is(HResult.ElementNotFound) && !e.Is(HResult.ProcessAlreadyStopped);

    private static TimeSpan Left(ComputeOperation operation, CallOptions options, Stopwatch time)
    {
        TimeSpan limit = options.Timeout ?? operation.DefaultTimeout();
        return limit == Timeout.InfiniteTimeSpan ? limit : limit - time.Elapsed;
    }
}
