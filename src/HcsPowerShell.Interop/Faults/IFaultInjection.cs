using System.Collections.Generic;

namespace HcsPowerShell.Interop.Faults;

/// <summary>A service that can be told to fail.</summary>
internal interface IFaultInjection
{
    /// <summary>
    /// The rules in force. The first that fits a call is applied, and every rule counts every call of its operation.
    /// Setting them starts the counts anew.
    /// </summary>
    /// <exception cref="Documents.HcsDocumentException">A rule cannot be applied; its path names the rule and the member.
    /// The rules from before stay in force.</exception>
    IReadOnlyList<FaultRule> FaultPlan { get; set; }
}
