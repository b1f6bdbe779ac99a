using HcsPowerShell.Interop.Documents.Values;

namespace HcsPowerShell.Interop.Documents;

/// <summary>The worker process of a virtual machine ended (HCS <c>WorkerExit</c>).</summary>
[SinceSchema(2, 4)]
public sealed class WorkerExit : HcsDocument
{
    /// <summary>Its exit code.</summary>
    public uint? ExitCode { get; set; }

    /// <summary>How it ended.</summary>
    [OneOf(typeof(WorkerExitType))]
    public string? Type { get; set; }

    /// <summary>Why it ended; informational only.</summary>
    [OneOf(typeof(WorkerExitDetail))]
    public string? Detail { get; set; }

    /// <summary>GuestOS, Client, Internal, None or Unknown.</summary>
    [OneOf(typeof(ExitInitiator))]
    public string? Initiator { get; set; }
}
