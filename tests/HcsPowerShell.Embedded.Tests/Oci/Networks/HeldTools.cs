using System;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Contract;
using HcsPowerShell.Embedded.Linux.Oci.Networks;

namespace HcsPowerShell.Embedded.Tests.Oci.Networks;

/// <summary>The programs ip and nft, which pause before they begin until a test releases them.</summary>
internal sealed class HeldTools : NetworkTools
{
    private TaskCompletionSource? _held;
    private int _atWork;

    public IHeldCalls Hold()
    {
        _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return new HeldRuns(this);
    }

    protected override async Task<string> RunAsync(string function, string program, params string[] arguments)
    {
        Interlocked.Increment(ref _atWork);
        try
        {
            await (_held?.Task ?? Task.CompletedTask);
            return await base.RunAsync(function, program, arguments);
        }
        finally
        {
            Interlocked.Decrement(ref _atWork);
        }
    }

    private sealed class HeldRuns(HeldTools tools) : IHeldCalls
    {
        public int AtWork => Volatile.Read(ref tools._atWork);

        // The test looks for what was created, and waits until it is gone.
        public bool AreUndone => true;

        public void Dispose()
        {
            tools._held?.TrySetResult();
            tools._held = null;
        }
    }
}
