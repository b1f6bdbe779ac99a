using System;

namespace HcsPowerShell.Embedded.Faults;

/// <summary>What happens to a call.</summary>
/// <param name="Kind">How it is disturbed.</param>
/// <param name="HResult">The code of a refusal.</param>
/// <param name="Time">How long a delayed or late call takes longer; without end for one whose completion is lost.</param>
/// <param name="Origin">The rule, as the result document names it.</param>
internal sealed record Fault(FaultKind Kind, int HResult, TimeSpan Time, string Origin);
