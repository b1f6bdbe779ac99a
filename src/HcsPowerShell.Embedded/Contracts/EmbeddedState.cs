namespace HcsPowerShell.Embedded.Contracts;

/// <summary>The state of a compute system, with the names HCS reports.</summary>
internal enum EmbeddedState
{
    Created,
    Running,
    Paused,
    Stopped,
}
