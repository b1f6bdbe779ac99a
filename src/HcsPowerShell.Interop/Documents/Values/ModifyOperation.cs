namespace HcsPowerShell.Interop.Documents.Values;

/// <summary>What is done with a process.</summary>
internal enum ModifyOperation
{
    ConsoleSize,
    CloseHandle,
}
