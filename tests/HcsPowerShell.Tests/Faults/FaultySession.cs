using System;
using System.Linq;
using HcsPowerShell.Tests.Engine;

namespace HcsPowerShell.Tests.Faults;

/// <summary>Tests that give the host of their session a fault plan; it ends with the test.</summary>
public abstract class FaultySession(Session session) : SessionTests(session)
{
    protected override void Disposed()
    {
        Plan();
    }

    /// <summary>Puts a plan into force, rules as hashtables without the braces.</summary>
    protected void Plan(params string[] rules) => Session.Get(
        $"Connect-HcsHost -Embedded -Name {Session.HostName} -FaultPlan @({string.Join(", ", rules.Select(r => $"@{{ {r} }}"))})");
}
