namespace HcsPowerShell.Interop.Documents.Values;

/// <summary>Operating system in a compute system; empty means Unknown.</summary>
internal enum OsType
{
    Unknown,
    Windows,
    Linux,
}
