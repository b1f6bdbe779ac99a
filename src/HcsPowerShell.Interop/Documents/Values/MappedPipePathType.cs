namespace HcsPowerShell.Interop.Documents.Values;

/// <summary>How the path of a pipe on the host is given.</summary>
internal enum MappedPipePathType
{
    AbsolutePath,
    VirtualSmbPipeName,
}
