namespace HcsPowerShell.Interop.Documents.Values;

/// <summary>A standard stream of a process.</summary>
internal enum StdHandle
{
    StdIn,
    StdOut,
    StdErr,
    All,
}
