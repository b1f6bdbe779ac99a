namespace HcsPowerShell.Interop;

/// <summary>Where compute systems live.</summary>
public enum HostKind
{
    /// <summary>The Host Compute Service of this Windows.</summary>
    Local,

    /// <summary>A compute service inside this process.</summary>
    Embedded,
}
