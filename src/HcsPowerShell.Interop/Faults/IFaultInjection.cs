using System.Collections.Generic;

namespace HcsPowerShell.Interop.Faults;

/// <summary>A service that can be made to fail.</summary>
public interface IFaultInjection
{
    /// <summary>
    /// The active rules. The first rule that matches a call is applied, and every rule counts every call of its
    /// operation. Setting the rules restarts the counts.
    /// </summary>
    /// <exception cref="Documents.HcsDocumentException">
    /// A rule cannot be applied; its path names the rule and the member. The previous rules stay active.
    /// </exception>
    IReadOnlyList<FaultRule> FaultPlan { get; set; }
}
