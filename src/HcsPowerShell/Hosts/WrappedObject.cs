using System.Management.Automation;

namespace HcsPowerShell.Hosts;

/// <summary>Values that PowerShell passes with or without its wrapper.</summary>
internal static class WrappedObject
{
    /// <summary>The value without its <see cref="PSObject"/> wrapper.</summary>
    public static object? Unwrap(this object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
