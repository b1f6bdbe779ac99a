namespace HcsPowerShell.Interop.Local;

/// <summary>Which library operates the systems of this Windows.</summary>
public enum LocalApi
{
    /// <summary>Schema 1 and 2 by their own libraries, systems made elsewhere by what works.</summary>
    Automatic,

    /// <summary>vmcompute.dll only.</summary>
    VmCompute,

    /// <summary>computecore.dll only.</summary>
    ComputeCore,
}
