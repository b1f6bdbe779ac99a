using System;

namespace HcsPowerShell.Interop.Faults;

/// <summary>What happens to a call.</summary>
/// <param name="Kind">How it is disturbed.</param>
/// <param name="HResult">The code of a refusal.</param>
/// <param name="Time">How long a delayed or late call takes longer; without end for one whose completion is lost.</param>
/// <param name="Origin">The rule, as the result document names it.</param>
internal sealed record Fault(FaultKind Kind, int HResult, TimeSpan Time, string Origin);

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
