using System;

namespace HcsPowerShell.Interop.Faults;

/// <summary>A fault that is applied to a call.</summary>
/// <param name="Kind">The kind of the fault.</param>
/// <param name="HResult">The code of a refusal.</param>
/// <param name="Time">The extra time of a delayed or late call; infinite for a call whose completion is lost.</param>
/// <param name="Document">
/// The result document of a refusal, if the rule has one; the answer of a call that is answered by the plan.
/// </param>
/// <param name="Origin">The rule, as the result document names it.</param>
internal sealed record Fault(FaultKind Kind, int HResult, TimeSpan Time, string? Document, string Origin);

/// <summary>The ways in which a call is disturbed.</summary>
internal enum FaultKind
{
    /// <summary>The call is refused, and nothing is done.</summary>
    Refused,

    /// <summary>The call is made later.</summary>
    Delayed,

    /// <summary>The call is made, and its completion is reported later, or never.</summary>
    Late,

    /// <summary>The call is made, and answered with a document of the plan.</summary>
    Answered,

    /// <summary>The call is made, and its event or exit is reported twice.</summary>
    Repeated,

    /// <summary>The service disconnects instead of making the call.</summary>
    Disconnected,
}
