using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Net.Http;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Threading.Tasks;
using HcsPowerShell.Contract;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

/// <summary>Tests of New-HcsContainer with a network, on real containers.</summary>
[WideStage]
public sealed class ContainerNetworkTests : SessionTests, IClassFixture<OciSession>
{
    private const string Serve = "$null = Start-HcsProcess $c -- busybox httpd -f -p 80 -h /usr/lib;";

    // The wget of a static busybox crashes where it asks for a name service.
    private const string Ask = @"exec 3<>/dev/tcp/$1/80; printf ""GET /os-release HTTP/1.0\r\n\r\n"" >&3; cat <&3";
    private const string Page = "/usr/lib/os-release";

    public ContainerNetworkTests(OciSession oci)
        : base(oci.Session)
    {
        OciMachine.SkipUnlessPossible();
        Assert.SkipUnless(File.Exists("/usr/sbin/nft"), "Needs isolation Oci: the package nftables.");
        Session.Get("$null = New-HcsNetwork front");
    }

    [Fact]
    public async Task A_container_is_reached_by_a_port_of_the_host_and_not_from_another_network()
    {
        Session.Get($"$c = New-HcsContainer web -Network front -PortMapping 80 -Start; {Serve}");
        dynamic endpoint = Session.Single("Get-HcsEndpoint -Container web");
        Assert.Equal("front", (string)endpoint.Network);
        int port = (int)endpoint.PortMapping[0].HostPort;
        Assert.InRange(port, 1, ushort.MaxValue);
        Assert.Equal(File.ReadAllText(Page), await ReadAsync(port));

        Session.Get("$null = New-HcsNetwork back; $near = New-HcsContainer near -Network front -Start");
        Session.Get("$far = New-HcsContainer far -Network back -Start");
        string fetch = $"Invoke-HcsProcess $from -- timeout 2 bash -c '{Ask}' ask {endpoint.IPAddress[0]}";
        Assert.Equal(
            File.ReadAllLines(Page),
            Session.Get("$from = $near; " + fetch).Select(line => line.ToString()!).SkipWhile(line => line.Length > 0).Skip(1));
        Assert.Empty(Session.Run("$from = $far; " + fetch).Output);
    }

    [Fact]
    public void A_port_is_mapped_once_and_the_refused_container_leaves_nothing()
    {
        Session.Get("$c = New-HcsContainer web -Network front -PortMapping 80 -Start");
        string port = $"{Session.Single("(Get-HcsEndpoint -Container web).PortMapping[0].HostPort")}:80";
        ScriptResult refused = Session.Run("New-HcsContainer other -Network front -PortMapping $p", ("p", port));
        refused.RequireError("HcsPortAlreadyMapped", ErrorCategory.ResourceExists);
        Assert.Contains("'web'", refused.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Single(Session.Get("Get-HcsEndpoint"));
        Assert.Empty(Session.Get("Get-HcsContainer oth*"));
    }

    [Fact]
    public async Task The_endpoint_stays_over_a_restart_and_goes_with_the_container()
    {
        Session.Get($"$c = New-HcsContainer web -Network front -PortMapping 80 -Start; {Serve}");
        dynamic before = Session.Single("Get-HcsEndpoint -Container web");
        Session.Get($"Restart-HcsContainer $c -Force; {Serve}");
        dynamic after = Session.Single("Get-HcsEndpoint -Container web");
        Assert.Equal((Guid)before.Id, (Guid)after.Id);
        Assert.Equal(File.ReadAllText(Page), await ReadAsync((int)after.PortMapping[0].HostPort));
        Session.Get("Stop-HcsContainer web -Force");
        Assert.Empty(Session.Get("Get-HcsEndpoint"));
    }

    [Fact]
    public void A_container_of_schema_2_has_its_endpoint_in_a_namespace()
    {
        Session.Get("$c = New-HcsContainer web -SchemaVersion 2 -Network front -Start");
        Assert.NotNull(Session.Single("(Get-HcsEndpoint -Container web).NamespaceId"));
        string address = Session.Single("(Get-HcsEndpoint -Container web).IPAddress[0]").ToString()!;
        Assert.Contains(address, string.Join('\n', Session.Get("Invoke-HcsProcess $c ip addr")), StringComparison.Ordinal);
        Session.Get("Stop-HcsContainer web -Force");
        Assert.Empty(Session.Get("Get-HcsEndpoint"));
    }

    [Fact]
    public void A_second_endpoint_is_connected_and_disconnected_while_the_container_runs()
    {
        Session.Get("$c = New-HcsContainer web -Network front -Start; $second = New-HcsEndpoint second -Network front");
        Session.Get("Connect-HcsEndpoint $second web");
        Assert.Equal(2, Session.Get("Get-HcsEndpoint -Container web").Count);
        Assert.Contains("eth1", string.Join('\n', Session.Get("Invoke-HcsProcess $c ip addr")), StringComparison.Ordinal);
        Session.Get("Disconnect-HcsEndpoint $second web");
        Assert.DoesNotContain("eth1", string.Join('\n', Session.Get("Invoke-HcsProcess $c ip addr")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_counters_of_the_endpoint_are_in_the_statistics()
    {
        Session.Get("$c = New-HcsContainer web -Network front -Start; $gateway = (Get-HcsNetwork front).Gateway[0]");
        Session.Run($"Invoke-HcsProcess $c -- timeout 2 bash -c '{Ask}' ask $gateway");
        dynamic sample = Session.Single("(Get-HcsStatistics web).Network[0]");
        Assert.True((ulong)sample.PacketsSent >= 1);
        Assert.Equal(
            (Guid)Session.Single("(Get-HcsEndpoint -Container web).Id"), Guid.Parse((string)sample.EndpointId));
    }

    [Fact]
    public void What_happens_to_networks_and_endpoints_is_told_in_order_until_the_host_ends()
    {
        using var own = Session.WithoutHost();
        own.Connect($"-Isolation Oci -Name {own.HostName}");
        string[] events =
        [
            .. own.Get(
                """
                $job = Watch-HcsEvent -Network -HcsHost $n -AsJob
                $null = New-HcsNetwork told -HcsHost $n
                $null = New-HcsContainer seen -Network told -Start -HcsHost $n
                Stop-HcsContainer seen -Force -HcsHost $n
                Remove-HcsNetwork told -HcsHost $n
                Disconnect-HcsHost $n
                $job | Wait-Job | Receive-Job | ForEach-Object { "$($_.Type) $($_.Name)" }
                """,
                ("n", own.HostName)).Select(line => (string)line.BaseObject),
        ];
        Assert.Equal(
            ["NetworkCreated told", "EndpointAttached seen", "EndpointDetached seen", "NetworkDeleted told"], events);
    }

    [Theory]
    [InlineData("-SchemaVersion 1")]
    [InlineData("-SchemaVersion 2")]
    public void A_container_that_cannot_be_created_leaves_no_endpoint(string schema)
    {
        using Session own = NewSession();
        Disturb(own, "Create");
        own.Run($"New-HcsContainer web {schema} -Network front -PortMapping 80").RequireError("HcsAccessDenied", ErrorCategory.PermissionDenied);
        Assert.Empty(own.Get("Get-HcsEndpoint"));
        Disturb(own);
        own.Get($"New-HcsContainer web {schema} -Network front -PortMapping 80 | Stop-HcsContainer -Force");
        Assert.Empty(own.Get("Get-HcsEndpoint"));
    }

    [Fact]
    public void An_endpoint_that_stays_behind_its_container_is_orphaned_by_the_record()
    {
        using Session own = NewSession();
        own.Get("$null = New-HcsContainer web -Network front -Start; $null = New-HcsContainer near -Network front -Start");
        Assert.Empty(own.Get("Get-HcsEndpoint -Orphaned"));
        Disturb(own, "DeleteEndpoint");
        ScriptResult end = own.Run("Stop-HcsContainer web -Force").RequireNoErrors();
        Assert.Contains("'web'", Assert.Single(end.Warnings), StringComparison.Ordinal);
        Disturb(own);
        Assert.Equal("web", Assert.Single(own.Get("Get-HcsEndpoint -Orphaned | ForEach-Object Name")).BaseObject);
        own.Get("Get-HcsEndpoint -Orphaned | Remove-HcsEndpoint");
        Assert.Equal("near", Assert.Single(own.Get("Get-HcsEndpoint | ForEach-Object Name")).BaseObject);
    }

    [Theory]
    [InlineData("New-HcsContainer web -PortMapping 80", "HcsInvalidConfiguration", "-Network")]
    [InlineData("New-HcsContainer web -Network none", "HcsInvalidConfiguration", "reserved")]
    [InlineData("New-HcsContainer web -Network missing", "HcsNetworkNotFound", "missing")]
    [InlineData("New-HcsContainer web -Network front -NetworkSharedContainerName x", "HcsInvalidConfiguration", "-Network")]
    public void What_does_not_fit_is_refused_before_anything_is_made(string command, string id, string told)
    {
        ScriptResult refused = Session.Run(command);
        ErrorRecord error = Assert.Single(refused.Errors);
        Assert.StartsWith(id, error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(told, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Session.Get("Get-HcsEndpoint"));
    }

    protected override void Disposed() => Session.Get(
        "Get-HcsContainer | Stop-HcsContainer -Force -Confirm:$false; Get-HcsNetwork | Remove-HcsNetwork -Force -Confirm:$false");

    /// <summary>A session with a host of its own, which has the network front.</summary>
    private static Session NewSession()
    {
        Session own = Session.WithoutHost();
        own.Connect($"-Isolation Oci -Name {own.HostName}");
        own.Get("$null = New-HcsNetwork front");
        return own;
    }

    /// <summary>Lets one operation of a host fail, or none any more.</summary>
    private static void Disturb(Session session, string? operation = null) => session.Get(
        $"Connect-HcsHost -Embedded -Name {session.HostName} -FaultPlan "
            + (operation is null ? "@()" : $"@{{ Operation = '{operation}'; HResult = '0x80070005' }}"));

    private static async Task<string> ReadAsync(int port)
    {
        string address = NetworkInterface.GetAllNetworkInterfaces()
            .Where(nic => nic.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(nic => nic.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .First(ip => ip.AddressFamily == AddressFamily.InterNetwork).ToString();
        using var client = new HttpClient();
        string? text = null;
        await Waits.Until(() => (text = Try()) is not null);
        return text!;

        string? Try()
        {
            try
            {
                return client.GetStringAsync(new Uri($"http://{address}:{port}/os-release")).GetAwaiter().GetResult();
            }
            catch (HttpRequestException)
            {
                // The program in the container has not opened its port yet.
                return null;
            }
        }
    }
}
