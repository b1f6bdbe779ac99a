namespace HcsPowerShell.Interop.Documents.Values;

/// <summary>The change to a process.</summary>
internal enum ModifyOperation
{
    ConsoleSize,
    CloseHandle,
}
