namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>The object a handle works with until it is closed. A closed handle that is remembered keeps nothing else alive.</summary>
/// <param name="value">What it works with.</param>
/// <param name="systemId">Id of the system.</param>
internal sealed class Held<T>(T value, string systemId)
    where T : class
{
    private volatile T? _value = value;

    /// <exception cref="HcsException">It has been let go.</exception>
    internal T Value => _value ?? throw new HcsException(nameof(IContainer.Close), HResult.InvalidHandle, systemId);

    /// <summary>Gives it back, and lets go of it.</summary>
    internal T Release()
    {
        T released = Value;
        _value = null;
        return released;
    }
}
