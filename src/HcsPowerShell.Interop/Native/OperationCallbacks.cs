using System;
using static HcsPowerShell.Interop.Native.ComputeCore;

namespace HcsPowerShell.Interop.Native;

/// <summary>Receives the completions of operations on the threads of computecore and passes them on.</summary>
internal static class OperationCallbacks
{
    private static readonly CallbackTable<Action> s_completions = new();

    // The library keeps the pointer, so the delegate lives as long as the process.
    private static readonly HCS_OPERATION_COMPLETION s_completed = OnCompleted;

    /// <param name="completed">Called on a thread of HCS, where it may only record the completion.</param>
    internal static CallbackKey Add(Action completed) => s_completions.Add(completed);

    /// <summary>
    /// Creates an operation. Its completion calls the action of the key; without a key it calls nothing.
    /// </summary>
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
            // Out of memory at worst; an exception that leaves this callback ends the process.
        }
    }
}
