using System;
using HcsPowerShell.Interop.Lifecycle;
using static HcsPowerShell.Interop.Native.Interop.ComputeCore;

namespace HcsPowerShell.Interop.Native;

/// <summary>Takes the completions of operations off the threads of computecore.</summary>
internal static class OperationCallbacks
{
    private static readonly CallbackTable<PendingWait> s_waits = new();

    // The library keeps the pointer: the delegate lives as long as the process.
    private static readonly HCS_OPERATION_COMPLETION s_completed = OnCompleted;

    internal static CallbackKey Add(PendingWait wait) => s_waits.Add(wait);

    /// <summary>An operation that ends the wait behind the key, or one that tells nobody.</summary>
    internal static SafeHcsOperationHandle Create(CallbackKey? key) =>
        HcsCreateOperation(key?.Context ?? default, key is null ? null : s_completed);

    private static void OnCompleted(IntPtr operation, IntPtr context)
    {
        try
        {
            s_waits.Find(context)?.End(hresult: 0);
        }
        catch (Exception)
        {
            // Out of memory at worst; an exception that leaves here ends the process.
        }
    }
}
