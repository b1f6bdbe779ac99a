using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using HcsPowerShell.Tests.Commands;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>
/// Tests that a script can index into every list of an object. PowerShell cannot do so with the lists that the compiler
/// makes: <c>$layer.Parents[1]</c> would be nothing.
/// </summary>
public sealed class ListPropertyTests(OciSession oci) : LayerTests(oci)
{
    [Fact]
    public void Every_list_of_an_object_can_be_indexed()
    {
        AddPrograms();
        NewLayer("top");
        ScriptResult result = Session.Run("""
            Get-HcsHost
            New-HcsLayer app -ParentLayer top, base
            Mount-HcsLayer app
            $c = New-HcsContainer -Layer top, base -Start
            Get-HcsStatistics $c
            Invoke-HcsProcess $c -PassThru -- sh -c 'echo one; echo two'
            """);
        RequireIndexed(result);
        Assert.Equal(At("base"), Session.Single("(Get-HcsLayer app).Parents[1]"));
        Assert.Equal("1.0", Session.Single("(Get-HcsHost)[0].SchemaVersions[0]"));
        Session.Get("Dismount-HcsLayer app; Stop-HcsContainer $c -Force");
    }

    [Fact]
    public void So_can_every_list_of_a_network_and_of_an_endpoint()
    {
        (object host, _) = ServiceProxy.HostOf<GivenNetworks>(Session);
        ScriptResult result = Session.Run(
            """
            New-HcsNetwork nat -AddressPrefix 10.0.0.0/8 -DnsServer 10.0.0.9 -NetAdapterName a -HcsHost $h
            New-HcsEndpoint web -PortMapping 80 -DnsServer 10.0.0.9 -HcsHost $h
            """,
            ("h", host));
        RequireIndexed(result);
        Assert.Equal(
            "10.0.0.1 10.0.0.9 80",
            Session.Single(
                "$e = Get-HcsEndpoint -HcsHost $h; \"$((Get-HcsNetwork -HcsHost $h).Gateway[0]) $($e.DnsServer[0]) $($e.PortMapping[0].Port)\""));
    }

    private static void RequireIndexed(ScriptResult result)
    {
        string[] wrong =
        [
            .. from item in result.RequireNoErrors().Output
               from property in item.BaseObject.GetType().GetProperties()
               where property.PropertyType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(property.PropertyType)
               let value = property.GetValue(item.BaseObject)
               where value is not null && !value.GetType().IsVisible
               select $"{item.BaseObject.GetType().Name}.{property.Name}: {value.GetType().Name}",
        ];
        Assert.Equal([], wrong);
    }
}
