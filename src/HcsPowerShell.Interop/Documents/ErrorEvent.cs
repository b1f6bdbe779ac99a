namespace HcsPowerShell.Interop.Documents;

/// <summary>One event behind a failure (HCS <c>ErrorEvent</c>).</summary>
public sealed class ErrorEvent : CompositeDocument
{
    /// <summary>Text in the language of the operating system.</summary>
    public string? Message { get; set; }

    /// <summary>Call stack in the service.</summary>
    public string? StackTrace { get; set; }

    /// <summary>Guid of the event provider.</summary>
    public string? Provider { get; set; }

    /// <summary>Number of the event.</summary>
    public ushort EventId { get; set; }

    /// <summary>Flags of the event.</summary>
    public uint Flags { get; set; }

    /// <summary>The place where the event was raised.</summary>
    public string? Source { get; set; }

    /// <summary>Typed values of the event.</summary>
    public RawJson? Data { get; set; }
}
