namespace HcsPowerShell.Interop.Local;

/// <summary>The library that operates the systems of this Windows.</summary>
public enum LocalApi
{
    /// <summary>
    /// Schema 1 and 2 through their own libraries, systems created elsewhere through the library that works.
    /// </summary>
    Automatic,

    /// <summary>vmcompute.dll only.</summary>
    VmCompute,

    /// <summary>computecore.dll only.</summary>
    ComputeCore,
}
