namespace HcsPowerShell.Interop.Documents.Values;

/// <summary>Who ended a system.</summary>
internal enum ExitInitiator
{
    None,
    GuestOS,
    Client,
    Internal,
    Unknown,
}
