namespace HcsPowerShell.Interop.Documents.Values;

/// <summary>Kind of a compute system.</summary>
internal enum SystemType
{
    Container,
    VirtualMachine,
}
