using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Remoting;

/// <summary>
/// The output of one PowerShell with sessions to ten machines, host0 to host9, to old, which has an older module, to bare,
/// which has none, and to reader, a constrained endpoint with the reader's role. On each but bare runs a container web; in
/// the PowerShell itself there is the host lab with one.
/// </summary>
/// <remarks>Sessions are dear. So the classes of tests share them, and each adds its part of the script.</remarks>
[CollectionDefinition(nameof(Machines))]
public sealed class Machines : ICollectionFixture<Machines>
{
    private const string Start = """
        $ProgressPreference = 'SilentlyContinue'
        Import-Module HcsPowerShell
        $null = Connect-HcsHost lab -Embedded -Isolation Process; $null = New-HcsContainer web -Start
        $names = 0..9 | ForEach-Object { "host$_" }
        $all = @{}; New-PSSession -HostName ($names + 'bare', 'old', 'reader') | ForEach-Object { $all[$_.ComputerName] = $_ }
        $hosts = @($all[$names])
        Invoke-Command ($hosts + $all.old) {
            Import-Module HcsPowerShell; $null = Connect-HcsHost -Embedded -Isolation Process; $null = New-HcsContainer web -Start
        }
        Connect-HcsHost -Session $hosts
        function Id { process { ($_.FullyQualifiedErrorId -split ',')[0] } }
        function Saved($value) { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($value)) }
        $PSDefaultParameterValues['*-Hcs*:TimeoutSec'] = 600
        $quiet = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'failure' }

        """;

    private static readonly string[] s_parts =
    [
        FleetMatrixTests.Script, FleetStopTests.Script, FleetSameIdTests.Script, FleetThrottleTests.Script, FleetRoleTests.Script,
        FleetFailureTests.Script,
    ];

    private readonly PwshResult _result;

    public Machines()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of this test are those of Linux.");
        using var servers = new SshServers();
        using var old = new OlderModule();
        servers.Prepare("old", $"export PSModulePath='{old.ModulePath}'");
        servers.Prepare("reader", $"export HCS_HOST=embedded arguments='-ConfigurationFile {ReaderEndpoint.Write(servers.Folder)}'");
        FleetThrottleTests.Prepare(servers);
        FleetFailureTests.Prepare(servers);
        string script = Path.Combine(servers.Folder, "fleet.ps1");
        File.WriteAllText(script, $"$folder = '{servers.Folder}'\n{Start}{string.Concat(s_parts)}'== end'\n");
        _result = Pwsh.Run(new PwshStart("-File", script) { Environment = [servers.Variable] });
        Assert.True(_result.Output.Contains("== end"), _result.All);
    }

    /// <summary>What no part of the script expected.</summary>
    public string Error => _result.Error;

    public IReadOnlyList<string> Lines(string name) => _result.Section(name);
}
