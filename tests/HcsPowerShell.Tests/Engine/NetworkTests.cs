namespace HcsPowerShell.Tests.Engine;

/// <summary>Base class of the tests of commands for networks, whose host $h has its networks in memory.</summary>
public abstract class NetworkTests : SessionTests
{
    protected const string Revive =
        """
        function Revive($o) {
            $text = [System.Management.Automation.PSSerializer]::Serialize($o)
            [System.Management.Automation.PSSerializer]::Deserialize($text)
        };
        """;

    protected NetworkTests(Session session)
        : base(session)
    {
        (Host, Networks) = ServiceProxy.HostOf<GivenNetworks>(session);
        session.Get("$PSDefaultParameterValues = @{ '*-HcsNetwork:HcsHost' = $h; '*-HcsEndpoint:HcsHost' = $h }", ("h", Host));
    }

    protected object Host { get; }

    protected GivenNetworks Networks { get; }

    protected override void Disposed() => Session.Get("$PSDefaultParameterValues = @{}");
}
