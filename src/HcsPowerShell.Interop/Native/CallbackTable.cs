using System;
using System.Collections.Concurrent;
using System.Threading;

namespace HcsPowerShell.Interop.Native;

/// <summary>
/// Finds the target of a native callback by key. A callback whose key has been removed came too late.
/// </summary>
internal sealed class CallbackTable<T>
    where T : class
{
    private readonly ConcurrentDictionary<int, T> _targets = new();
    private int _lastKey;

    internal CallbackKey Add(T target, Action? dropped = null)
    {
        int key = Interlocked.Increment(ref _lastKey);
        _targets[key] = target;
        return new CallbackKey(key, () =>
        {
            _targets.TryRemove(key, out _);
            dropped?.Invoke();
        });
    }

    /// <summary>Returns the target; null when the key has been removed.</summary>
    internal T? Find(IntPtr context) =>
        _targets.TryGetValue(unchecked((int)context.ToInt64()), out T? target) ? target : null;
}
