namespace HcsPowerShell.Interop.Documents.Values;

/// <summary>State of a compute system.</summary>
internal enum State
{
    Created,
    Running,
    Paused,
    Stopped,
    SavedAsTemplate,
    Unknown,
}
