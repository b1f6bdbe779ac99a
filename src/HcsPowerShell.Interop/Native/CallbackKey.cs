using System;
using System.Threading;

namespace HcsPowerShell.Interop.Native;

/// <summary>The number that a library holds in place of a pointer to an object.</summary>
internal sealed class CallbackKey(int value, Action dropped)
{
    private Action? _dropped = dropped;

    /// <summary>The context that is passed to the library; never 0, which means none.</summary>
    internal IntPtr Context { get; } = new(value);

    /// <summary>Removes the target. Call it only when no callback can come any more. Idempotent.</summary>
    internal void Drop() => Interlocked.Exchange(ref _dropped, null)?.Invoke();
}
