namespace HcsPowerShell.Interop.Documents.Values;

/// <summary>How a compute system ended.</summary>
internal enum NotificationType
{
    None,
    GracefulExit,
    ForcedExit,
    UnexpectedExit,
    Unknown,
}
