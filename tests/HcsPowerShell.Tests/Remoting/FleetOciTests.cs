using System.Linq;
using HcsPowerShell.Contract;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Remoting;

/// <summary>
/// Tests networks and endpoints of hosts behind sessions with real containers: each object leads back to the host that it
/// came from.
/// </summary>
[WideStage]
public sealed class FleetOciTests
{
    private const string Script = """
        $ProgressPreference = 'SilentlyContinue'
        Import-Module HcsPowerShell
        $sessions = @(New-PSSession -HostName hosta, hostb | Sort-Object ComputerName)
        Invoke-Command $sessions { Import-Module HcsPowerShell; $null = Connect-HcsHost -Embedded -Isolation Oci }
        Connect-HcsHost -Session $sessions
        $quiet = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'failure'; WarningAction = 'SilentlyContinue' }
        function Ids { "$($failure | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] })" }
        try {
            '== network'; $network = New-HcsNetwork fleet -Subnet 10.97.0.0/24 -HcsHost hosta -WarningAction SilentlyContinue
            "$(Get-HcsNetwork -HcsHost hosta, hostb | ForEach-Object { "$($_.GetType().Name) $($_.HcsHost) $($_.Name)" })"
            '== endpoint'; $endpoint = New-HcsEndpoint -Network $network -Name web; "$($endpoint.HcsHost) $($endpoint.Network)"
            "$((Get-HcsEndpoint -Network $network).Name) $(@(Get-HcsEndpoint -HcsHost hostb).Count)"
            '== container'; $web = New-HcsContainer web -EndpointList $endpoint -Start -WarningAction SilentlyContinue
            "$($web.HcsHost) $($web.State) $((Get-HcsEndpoint -Container $web).Name)"
            $sample = Get-HcsStatistics $web; "$($sample.HcsHost) $($sample.Network.Count)"
            '== across'
            New-HcsEndpoint -Network $network -HcsHost hostb @quiet; Ids
            New-HcsContainer other -EndpointList $endpoint -HcsHost hostb @quiet; Ids
            $endpoint | Disconnect-HcsEndpoint -Container $web -HcsHost hostb @quiet; Ids
            '== pipe'; $web | Stop-HcsContainer -Force; $endpoint | Remove-HcsEndpoint -Confirm:$false; $network | Remove-HcsNetwork -Confirm:$false
            "$(@(Get-HcsNetwork -HcsHost hosta, hostb).Count) $(@(Get-HcsEndpoint -HcsHost hosta, hostb).Count) $(@(Get-HcsContainer -HcsHost hosta, hostb).Count)"
        }
        finally {
            Invoke-Command $sessions { Get-HcsContainer | Stop-HcsContainer -Force; Get-HcsNetwork | Remove-HcsNetwork -Confirm:$false }
        }
        '== end'; Remove-PSSession $sessions
        """;

    [Fact]
    public void An_object_leads_back_to_its_host_and_to_no_other()
    {
        OciMachine.SkipUnlessPossible();
        using var servers = new SshServers();
        PwshResult result = Pwsh.Run(new PwshStart("-Command", Script) { Environment = [servers.Variable] });
        Assert.True(result.Output.Contains("== end") && result.Error.Length == 0, result.All);
        Assert.Equal(["HcsNetwork hosta fleet"], result.Section("network"));
        Assert.Equal(["hosta fleet", "web 0"], result.Section("endpoint"));
        Assert.Equal(["hosta Running web", "hosta 1"], result.Section("container"));
        Assert.Equal(["HcsHostMismatch", "HcsHostMismatch", "HcsHostMismatch"], result.Section("across"));
        Assert.Equal(["0 0 0"], result.Section("pipe"));
    }
}
