using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

/// <summary>
/// Tests the question of Stop-HcsContainer -Force before it ends a container that may belong to another owner.
/// </summary>
public sealed class StopUnownedTests(Session session) : SessionTests(session)
{
    [Theory]
    [InlineData("""{"Id":"given"}""", "an unknown owner")]
    [InlineData("""{"Id":"given","Owner":""}""", "an unknown owner")]
    [InlineData("""{"Id":"given","Owner":"docker"}""", "owner 'docker'")]
    public void It_is_not_ended_unasked(string properties, string named)
    {
        (object host, GivenSystem system) = ServiceProxy.HostOf<GivenSystem>(Session);
        system.Properties = properties;
        system.ExitStatus = null;
        ErrorRecord error = Assert.Single(
            Session.Run("Stop-HcsContainer given -Force -HcsHost $h", ("h", host)).Errors);
        Assert.Equal("HcsConfirmationRequired", error.FullyQualifiedErrorId.Split(',').First());
        Assert.Contains(named, error.ToString(), System.StringComparison.Ordinal);
    }
}
