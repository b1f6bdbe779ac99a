namespace HcsPowerShell.Embedded.Contracts;

/// <summary>The console a process starts with; its output stream carries standard error too.</summary>
/// <param name="Width">Columns, not 0.</param>
/// <param name="Height">Rows, not 0.</param>
internal sealed record ConsoleStart(ushort Width, ushort Height);
