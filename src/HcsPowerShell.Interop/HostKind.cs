namespace HcsPowerShell.Interop;

/// <summary>The place where compute systems run.</summary>
public enum HostKind
{
    /// <summary>The Host Compute Service of this Windows.</summary>
    Local,

    /// <summary>A compute service inside this process.</summary>
    Embedded,

    /// <summary>A compute service in another process, behind a PowerShell session.</summary>
    Remote,
}
