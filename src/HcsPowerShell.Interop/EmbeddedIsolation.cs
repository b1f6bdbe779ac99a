namespace HcsPowerShell.Interop;

/// <summary>The isolations an embedded host can be asked for.</summary>
public enum EmbeddedIsolation
{
    /// <summary>The best this machine offers.</summary>
    Best,

    /// <summary>Ordinary processes, anywhere and without rights; nothing of a document is enforced.</summary>
    Process,

    /// <summary>Containers of runc: Linux, root.</summary>
    Oci,
}
