namespace HcsPowerShell.Interop.Documents.Values;

/// <summary>The party that ended a system.</summary>
internal enum ExitInitiator
{
    None,
    GuestOS,
    Client,
    Internal,
    Unknown,
}
