namespace HcsPowerShell.Interop.Documents.Values;

/// <summary>How a path on the host is given.</summary>
internal enum PathType
{
    AbsolutePath,
    VirtualSmbShareName,
}
