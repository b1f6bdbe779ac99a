using System;

namespace HcsPowerShell.Interop.Faults;

/// <summary>What happens to a call.</summary>
/// <param name="Kind">How it is disturbed.</param>
/// <param name="HResult">The code of a refusal.</param>
/// <param name="Time">How long a delayed or late call takes longer; without end for one whose completion is lost.</param>
/// <param name="Document">The result document of a refusal, where the rule has one; the answer of a call that is answered.</param>
/// <param name="Origin">The rule, as the result document names it.</param>
internal sealed record Fault(FaultKind Kind, int HResult, TimeSpan Time, string? Document, string Origin);

/// <summary>How a call is disturbed.</summary>
internal enum FaultKind
{
    /// <summary>It is refused, and nothing is done.</summary>
    Refused,

    /// <summary>It is made later.</summary>
    Delayed,

    /// <summary>It is made, and its completion is told later, or never.</summary>
    Late,

    /// <summary>It is made, and answered with a document of the plan.</summary>
    Answered,

    /// <summary>It is made, and what tells of it comes twice.</summary>
    Repeated,

    /// <summary>The service disconnects instead.</summary>
    Disconnected,
}
