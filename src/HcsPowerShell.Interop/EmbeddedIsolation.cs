namespace HcsPowerShell.Interop;

/// <summary>The kinds of isolation that a caller can request from an embedded host.</summary>
public enum EmbeddedIsolation
{
    /// <summary>The best isolation that this machine supports.</summary>
    Best,

    /// <summary>
    /// Ordinary processes, on any system and without special rights; nothing in a document is enforced.
    /// </summary>
    Process,

    /// <summary>Containers run by runc; requires Linux and root.</summary>
    Oci,
}
