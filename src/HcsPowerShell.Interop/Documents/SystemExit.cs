using HcsPowerShell.Interop.Documents.Values;

namespace HcsPowerShell.Interop.Documents;

/// <summary>The system ended (HCS <c>SystemExit</c>).</summary>
[SinceSchema(2, 4)]
public sealed class SystemExit : HcsDocument
{
    /// <summary>Why it ended.</summary>
    [OneOf(typeof(SystemExitDetail))]
    public string? Detail { get; set; }

    /// <summary>GuestOS, Client, Internal, None or Unknown.</summary>
    [OneOf(typeof(ExitInitiator))]
    public string? Initiator { get; set; }
}
