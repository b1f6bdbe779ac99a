namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>
/// Holds the object that a handle uses until it is closed. A closed handle that is still referenced keeps no other
/// object alive.
/// </summary>
/// <param name="value">The object.</param>
/// <param name="systemId">Id of the system.</param>
internal sealed class Held<T>(T value, string systemId)
    where T : class
{
    private volatile T? _value = value;

    /// <exception cref="HcsException">The object has been released.</exception>
    internal T Value => _value ?? throw new HcsException(nameof(IContainer.Close), HResult.InvalidHandle, systemId);

    /// <summary>Returns the object and drops the reference to it.</summary>
    internal T Release()
    {
        T released = Value;
        _value = null;
        return released;
    }
}
