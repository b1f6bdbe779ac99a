namespace HcsPowerShell.Embedded.Faults;

/// <summary>How a call is disturbed.</summary>
internal enum FaultKind
{
    /// <summary>It is refused, and nothing is done.</summary>
    Refused,

    /// <summary>It is made later.</summary>
    Delayed,

    /// <summary>It is made, and its completion is told later, or never.</summary>
    Late,

    /// <summary>The service disconnects instead.</summary>
    Disconnected,
}
