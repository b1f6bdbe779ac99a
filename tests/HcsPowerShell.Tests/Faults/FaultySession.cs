using System;
using System.Linq;
using HcsPowerShell.Tests.Engine;

namespace HcsPowerShell.Tests.Faults;

/// <summary>Base class for tests that give the host of their session a fault plan, which ends with the test.</summary>
public abstract class FaultySession(Session session) : SessionTests(session)
{
    protected override void Disposed()
    {
        Plan();
    }

    /// <summary>Applies a plan; each rule is a hashtable without its braces.</summary>
    protected void Plan(params string[] rules) => Session.Get(
        $"Connect-HcsHost -Embedded -Name {Session.HostName} -FaultPlan @({string.Join(", ", rules.Select(r => $"@{{ {r} }}"))})");
}
