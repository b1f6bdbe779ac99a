using System;
using System.IO;
using System.Linq;
using HcsPowerShell.Contract;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Remoting;

/// <summary>
/// Tests networks, endpoints and images of hosts behind sessions with real containers: each object leads back to the host
/// that it came from, and each name is completed.
/// </summary>
[WideStage]
public sealed class FleetOciTests
{
    private const string Begin = """
        $ProgressPreference = 'SilentlyContinue'
        Import-Module HcsPowerShell
        $sessions = @(New-PSSession -HostName hosta, hostb | Sort-Object ComputerName)
        Invoke-Command $sessions { Import-Module HcsPowerShell; $null = Connect-HcsHost -Embedded -Isolation Oci }
        Connect-HcsHost -Session $sessions
        $quiet = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'failure'; WarningAction = 'SilentlyContinue' }
        function Ids { "$($failure | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] })" }
        function Complete($line, $value) {
            for ($i = 0; $i -lt 100 -and $value -notin $offers; $i++) { $offers = (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText }
            "$($value -in $offers)"
        }

        """;

    private const string Script = """
        try {
            '== network'; $network = New-HcsNetwork fleet -Subnet 10.97.0.0/24 -HcsHost hosta -WarningAction SilentlyContinue
            "$(Get-HcsNetwork -HcsHost hosta, hostb | ForEach-Object { "$($_.GetType().Name) $($_.HcsHost) $($_.Name)" })"
            '== endpoint'; $endpoint = New-HcsEndpoint -Network $network -Name web; "$($endpoint.HcsHost) $($endpoint.Network)"
            "$((Get-HcsEndpoint -Network $network).Name) $(@(Get-HcsEndpoint -HcsHost hostb).Count)"
            '== container'; $web = New-HcsContainer web -EndpointList $endpoint -Start -WarningAction SilentlyContinue
            "$($web.HcsHost) $($web.State) $((Get-HcsEndpoint -Container $web).Name)"
            '== complete'; Complete 'Get-HcsNetwork -HcsHost hosta -Name fl' fleet; Complete 'Get-HcsEndpoint -HcsHost hosta -Name w' web
            '== sample'; $sample = Get-HcsStatistics $web; "$($sample.HcsHost) $($sample.Network.Count)"
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

    private const string ImageScript = """
        $folder, $name = $env:HCS_TEST_FOLDER, $env:HCS_TEST_IMAGE
        $null = New-Item -ItemType Directory "$folder/base/bin"; Copy-Item /bin/busybox "$folder/base/bin/cat"; Set-Content "$folder/base/name" $name
        tar -cf "$folder/layer.tar" -C "$folder/base" .
        umoci init --layout "$folder/layout"; umoci new --image "$folder/layout:one"; umoci raw add-layer --image "$folder/layout:one" "$folder/layer.tar"
        umoci config --image "$folder/layout:one" --config.entrypoint /bin/cat --config.cmd /name
        try {
            '== image'; $image = Import-HcsImage "$folder/layout" -Name $name -HcsHost hosta
            "$($image.GetType().Name) $($image.HcsHost) $((Get-HcsImage $name -HcsHost hosta).Digest -eq $image.Digest)"
            '== complete'; Complete 'Get-HcsImage -HcsHost hosta -Name test-' $name; Complete 'New-HcsContainer -HcsHost hosta -Image test-' $name
            '== container'; $web = New-HcsContainer web -Image $image -Start -WarningAction SilentlyContinue
            "$($web.HcsHost) $($web.State) $((Invoke-HcsProcess $web) -eq $name)"
            '== across'; New-HcsContainer other -Image $image -HcsHost hostb @quiet; Ids; $image | Remove-HcsImage -HcsHost hostb @quiet; Ids
            '== pipe'; $web | Stop-HcsContainer -Force; $image | Remove-HcsImage -Confirm:$false; @(Get-HcsImage -HcsHost hosta).Name -contains $name
        }
        finally {
            Invoke-Command $sessions { Get-HcsContainer | Stop-HcsContainer -Force }
            Invoke-Command $sessions[0] { Get-HcsImage | Where-Object Name -eq $using:name | Remove-HcsImage -Confirm:$false }
        }
        '== end'; Remove-PSSession $sessions
        """;

    [Fact]
    public void An_image_leads_back_to_its_host_and_to_no_other()
    {
        OciMachine.SkipUnlessPossible();
        foreach (string program in new[] { "/usr/bin/umoci", "/bin/busybox" })
        {
            Assert.SkipUnless(File.Exists(program), $"Needs {program}.");
        }

        using var servers = new SshServers();
        PwshResult result = Pwsh.Run(new PwshStart("-Command", Begin + ImageScript)
        {
            Environment =
            [
                servers.Variable, ("HCS_TEST_FOLDER", servers.Folder), ("HCS_TEST_IMAGE", "test-" + Guid.NewGuid().ToString("N")),
            ],
        });
        Assert.True(result.Output.Contains("== end") && result.Error.Length == 0, result.All);
        Assert.Equal(["HcsImage hosta True"], result.Section("image"));
        Assert.Equal(["True", "True"], result.Section("complete"));
        Assert.Equal(["hosta Running True"], result.Section("container"));
        Assert.Equal(["HcsHostMismatch", "HcsHostMismatch"], result.Section("across"));
        Assert.Equal(["False"], result.Section("pipe"));
    }

    [Fact]
    public void An_object_leads_back_to_its_host_and_to_no_other()
    {
        OciMachine.SkipUnlessPossible();
        using var servers = new SshServers();
        PwshResult result = Pwsh.Run(new PwshStart("-Command", Begin + Script) { Environment = [servers.Variable] });
        Assert.True(result.Output.Contains("== end") && result.Error.Length == 0, result.All);
        Assert.Equal(["HcsNetwork hosta fleet"], result.Section("network"));
        Assert.Equal(["hosta fleet", "web 0"], result.Section("endpoint"));
        Assert.Equal(["hosta Running web"], result.Section("container"));
        Assert.Equal(["True", "True"], result.Section("complete"));
        Assert.Equal(["hosta 1"], result.Section("sample"));
        Assert.Equal(["HcsHostMismatch", "HcsHostMismatch", "HcsHostMismatch"], result.Section("across"));
        Assert.Equal(["0 0 0"], result.Section("pipe"));
    }
}
