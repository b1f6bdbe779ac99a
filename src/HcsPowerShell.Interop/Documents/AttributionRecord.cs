namespace HcsPowerShell.Interop.Documents;

/// <summary>One cause of a failure or an exit; exactly one member is set (HCS <c>AttributionRecord</c>).</summary>
[SinceSchema(2, 4)]
public sealed class AttributionRecord : CompositeDocument
{
    /// <summary>The worker process of the virtual machine ended.</summary>
    public WorkerExit? WorkerExit { get; set; }

    /// <summary>The guest crashed.</summary>
    public GuestCrash? GuestCrash { get; set; }

    /// <summary>A virtual processor had a triple fault.</summary>
    public TripleFault? TripleFault { get; set; }

    /// <summary>A crash was requested.</summary>
    public InjectNonMaskableInterrupt? InjectNonMaskableInterrupt { get; set; }

    /// <summary>The operation that failed.</summary>
    public OperationFailure? OperationFailure { get; set; }

    /// <summary>The system ended.</summary>
    public SystemExit? SystemExit { get; set; }

    /// <summary>A virtual device failed.</summary>
    public VirtualDeviceFailure? VirtualDeviceFailure { get; set; }
}
