namespace HcsPowerShell.Terminal;

/// <summary>Size of a terminal in characters.</summary>
internal readonly record struct TerminalSize(ushort Width, ushort Height);
