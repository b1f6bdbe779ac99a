using System;
using System.Linq;
using System.Text.Json;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Views;

/// <summary>
/// Tests that ConvertTo-Json writes each fact of an output object once, and that scripts have the host and the document.
/// </summary>
public sealed class ConvertToJsonTests(Session session) : SessionTests(session)
{
    [Theory]
    [InlineData("Get-HcsContainer $c")]
    [InlineData("Start-HcsProcess $c 'sleep 100'")]
    [InlineData("$null = Start-HcsProcess $c 'sleep 100'; Get-HcsProcess $c")]
    [InlineData("Get-HcsStatistics $c")]
    [InlineData("Invoke-HcsProcess $c true -PassThru")]
    [InlineData("$null = Stop-HcsContainer $c -Force; Wait-HcsContainer $c")]
    public void Each_fact_stands_once_and_the_host_is_its_name(string command)
    {
        object output = Session.Single(command, ("c", (object)Session.NewRunning()));
        using JsonDocument json = JsonDocument.Parse((string)Session.Single("$o | ConvertTo-Json -Depth 9 -Compress", ("o", output)));
        string[] members = [.. json.RootElement.EnumerateObject().Select(member => member.Name)];
        Assert.Equal(members.Distinct(StringComparer.OrdinalIgnoreCase), members);
        Assert.Equal(Session.HostName, json.RootElement.GetProperty("HcsHost").GetString());
        Assert.Single(members, member => member is "Id" or "ContainerId");
        Assert.DoesNotContain("Document", members);
        Assert.DoesNotContain("Type", members);
    }

    [Fact]
    public void Scripts_have_what_JSON_leaves_out()
    {
        Session.Get("$c", ("c", (object)Session.NewRunning()));
        Assert.Equal([true, true, true, true, true], Session.Get("""
            [object]::ReferenceEquals($c.HcsHost, (Get-HcsHost -HcsHost $c.HcsHost.Name))
            $c.ContainerId -eq $c.Id
            $c.Type -eq 'Container'
            ($c.Document | ConvertFrom-Json).Id -eq $c.Id
            ($c | Select-Object HcsHost, Document, ContainerId).ContainerId -eq $c.Id
            """).Select(o => (bool)o.BaseObject));
        string back = "$d = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($c));";
        Assert.Equal(
            [Session.HostName, (string)Session.Single("$c.Id"), "True"],
            Session.Get(back + "\"$($d.HcsHost)\"; $d.ContainerId; $d.Document -eq $c.Document").Select(o => o.ToString()));
    }

    [Fact]
    public void Processes_compare_by_identity()
    {
        Session.Get(
            "$a = Start-HcsProcess $c 'sleep 100'; $b = Start-HcsProcess $c 'sleep 99'", ("c", (object)Session.NewRunning()));
        Assert.Equal([true, false, true, true], Session.Get("""
            @($a, $b) -contains (Get-HcsProcess $c $a.ProcessId)
            $a -eq $b
            $a -eq (Get-HcsProcess $c $a.ProcessId)
            [System.Collections.Generic.HashSet[object]]::new([object[]] @($a, (Get-HcsProcess $c $a.ProcessId))).Count -eq 1
            """).Select(o => (bool)o.BaseObject));
        Assert.Empty(Session.Get("Compare-Object @($a, $b) @(Get-HcsProcess $c)"));
        Assert.Equal(2, Session.Get("$a, $b, (Get-HcsProcess $c $a.ProcessId) | Sort-Object -Unique").Count);
    }

    [Fact]
    public void One_process_id_on_two_hosts_is_two_processes()
    {
        string id = Session.NewRunning().Id;
        const string Look = "Get-HcsProcess $id -HcsHost $h";
        Session.Get("$null = Start-HcsProcess $id 'sleep 100'", ("id", id));
        dynamic here = Session.Single(Look, ("id", id), ("h", Session.HostName));
        dynamic there = Session.Single(Look, ("id", id), ("h", Session.Beside().Host));
        Assert.Equal((uint)there.ProcessId, (uint)here.ProcessId);
        Assert.False(here.Equals(there));
    }
}
