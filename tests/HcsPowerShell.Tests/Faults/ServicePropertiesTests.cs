using System;
using System.Management.Automation;
using HcsPowerShell.Contract;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Faults;

/// <summary>
/// Tests faults of the service properties. They run alone, because Get-HcsHost -All in another test asks every host of
/// the process.
/// </summary>
[Collection(nameof(ServicePropertiesTests))]
[CollectionDefinition(nameof(ServicePropertiesTests), DisableParallelization = true)]
public sealed class ServicePropertiesTests(Session session) : FaultySession(session)
{
    [Fact]
    public void Connecting_is_neither_disturbed_nor_counted()
    {
        Plan("Operation = 'ServiceProperties'; Nth = 1; HResult = 'HCS_E_ACCESS_DENIED'");
        ErrorRecord error = Session.Run("Get-HcsHost").RequireError("HcsAccessDenied", ErrorCategory.PermissionDenied);
        Assert.Contains("Injected by rule 0", error.ToString(), StringComparison.Ordinal);
        Session.Get("Get-HcsHost");
    }

    [Fact]
    public void A_service_that_does_not_answer_does_not_hold_the_command()
    {
        Plan("Operation = 'ServiceProperties'; DelaySec = 100000");
        using RunningScript asking = Session.Begin("'ready'; Get-HcsHost");
        asking.WaitForOutput(1);
        Assert.InRange(asking.Stop(), TimeSpan.Zero, Waits.Prompt);
        Assert.Single(asking.Output);
    }
}
