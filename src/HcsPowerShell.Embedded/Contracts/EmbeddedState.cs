namespace HcsPowerShell.Embedded.Contracts;

/// <summary>State of a compute system, by the names HCS reports.</summary>
internal enum EmbeddedState
{
    Created,
    Running,
    Paused,
    Stopped,
}
