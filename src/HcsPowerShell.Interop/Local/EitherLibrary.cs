using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Interop.Local;

/// <summary>Calls one library and, where it refuses, the other one, both within the time of one call.</summary>
internal static class EitherLibrary
{
    /// <summary>
    /// The answer of the first library, or else that of the second. When both refuse, the first refusal counts, unless it
    /// only says that the library is not there.
    /// </summary>
    /// <param name="operation">What is called.</param>
    /// <param name="options">How long its caller waits.</param>
    /// <param name="first">Calls the library that is meant to know.</param>
    /// <param name="second">Calls the other one.</param>
    /// <param name="evenIfNotFound">That the first does not find the system is no reason not to ask the second.</param>
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
    /// False where the other library cannot know better: the caller may not, the service has gone, what is asked for is no
    /// more, or the call is still at work.
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
