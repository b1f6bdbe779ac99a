using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

/// <summary>
/// Tests the way from a network to a mapped port of a container, through the commands and over the mocks of the Windows
/// libraries. Wine runs the same script.
/// </summary>
public sealed class NativeNetworkTests
{
    [Fact]
    public void A_container_gets_an_endpoint_with_a_port_and_takes_it_along() =>
        Assert.Equal(17, MockedEngine.Run("network.ps1", ["computecore", "vmcompute"]));
}
