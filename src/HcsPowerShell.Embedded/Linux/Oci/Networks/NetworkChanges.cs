using System;
using System.IO;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Lifecycle;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>The changes that are under way. The end of the host refuses later ones, and waits for these.</summary>
internal sealed class NetworkChanges
{
    // Longer than any change takes, each run of a program in which has its own limit.
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(4);

    private readonly Lifetime _period = new();

    /// <exception cref="HcsException">The host ends, or its files fail the change.</exception>
    public async Task<T> RunAsync<T>(string function, Func<Task<T>> change)
    {
        if (!_period.TryEnter())
        {
            throw Refusal.ServiceDisconnect(null, function);
        }

        try
        {
            return await change().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refusal.OfHost(null, function, null, e);
        }
        finally
        {
            _period.Leave();
        }
    }

    public Task RunAsync(string function, Func<Task> change) => RunAsync(function, async () =>
    {
        await change().ConfigureAwait(false);
        return true;
    });

    /// <summary>Lets no change begin, and waits for those that have begun.</summary>
    public Task EndAsync()
    {
        TaskCompletionSource<bool> over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _period.Refuse(HResult.ServiceDisconnect);
        _period.ReleaseAfterCalls(() => over.SetResult(true), s_longest);
        return over.Task;
    }
}
