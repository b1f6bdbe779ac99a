using System;
using static HcsPowerShell.Interop.Native.ComputeCore;

namespace HcsPowerShell.Interop.Native;

/// <summary>Takes the completions of operations off the threads of computecore.</summary>
internal static class OperationCallbacks
{
    private static readonly CallbackTable<Action> s_completions = new();

    // The library keeps the pointer: the delegate lives as long as the process.
    private static readonly HCS_OPERATION_COMPLETION s_completed = OnCompleted;

    /// <param name="completed">Called on a thread of HCS: it may only take note.</param>
    internal static CallbackKey Add(Action completed) => s_completions.Add(completed);

    /// <summary>An operation whose end calls what is behind the key; without a key it calls nothing.</summary>
    internal static SafeHcsOperationHandle Create(CallbackKey? key) =>
        HcsCreateOperation(key?.Context ?? default, key is null ? null : s_completed);

    private static void OnCompleted(IntPtr operation, IntPtr context)
    {
        try
        {
            s_completions.Find(context)?.Invoke();
        }
        catch (Exception)
        {
            // Out of memory at worst; an exception that leaves here ends the process.
        }
    }
}
