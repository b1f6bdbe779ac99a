using System;
using System.Threading;

namespace HcsPowerShell.Interop.Native;

/// <summary>The number a library holds instead of a pointer to an object.</summary>
internal sealed class CallbackKey(int value, Action dropped)
{
    private Action? _dropped = dropped;

    /// <summary>What is given to the library as context; never 0, which means none.</summary>
    internal IntPtr Context { get; } = new(value);

    /// <summary>Forgets the target. Only when no callback can come any more. Idempotent.</summary>
    internal void Drop() => Interlocked.Exchange(ref _dropped, null)?.Invoke();
}
