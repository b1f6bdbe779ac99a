using System;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Binding;

/// <summary>Tests objects with a property for each column, such as the rows of Import-Csv, as configurations.</summary>
public sealed class RowTests(Session session) : SessionTests(session)
{
    [Fact]
    public void Rows_are_parameters_and_members()
    {
        string id = Session.NewId();
        string csv = $"""
            Id,Name,SchemaVersion,Start,TimeoutSec,ProcessorWeight,HvPartition,MappedDirectories,HostName,EndpointList
            {id}a,,,true,20,500,False,/tmp:/x:ro;/usr:/y,h1,
            ,{id}b,2.1,false,,,,,,
            """;
        Assert.Equal(
            [$"{id}a Running", $"{id}b Created"],
            Session.Get(
                "$csv | ConvertFrom-Csv | New-HcsContainer 3>$null | ForEach-Object { \"$($_.Id) $($_.State)\" }", ("csv", csv))
                .Select(line => line.ToString()));
        string[] documents = [.. Session.Get("$csv | ConvertFrom-Csv | ConvertTo-HcsJson").Select(json => json.ToString())];
        Assert.Contains("\"ProcessorWeight\":500", documents[0], StringComparison.Ordinal);
        Assert.Contains("\"HostPath\":\"/tmp\",\"ContainerPath\":\"/x\",\"ReadOnly\":true", documents[0], StringComparison.Ordinal);
        Assert.Contains("\"HostPath\":\"/usr\",\"ContainerPath\":\"/y\",\"ReadOnly\":false", documents[0], StringComparison.Ordinal);
        Assert.DoesNotContain("EndpointList", documents[0], StringComparison.Ordinal);
        Assert.Contains("\"SchemaVersion\":{\"Major\":2,\"Minor\":1}", documents[1], StringComparison.Ordinal);
        Assert.Equal([true, true], Session.Get("$csv | ConvertFrom-Csv | Test-HcsConfiguration").Select(o => (bool)o.BaseObject));
    }

    [Fact]
    public void The_command_line_comes_before_the_row()
    {
        string id = Session.NewId();
        dynamic made = Session.Single(
            "[pscustomobject]@{ Id = 'other'; Start = 'true'; TimeoutSec = '0' } | New-HcsContainer -Id $id -Start:$false -TimeoutSec 60",
            ("id", id));
        Assert.Equal(id, (string)made.Id);
        Assert.Equal("Created", (string)made.State);
    }

    [Theory]
    [InlineData("Start = 'maybe'", "Start: 'maybe' is not true or false")]
    [InlineData("TimeoutSec = '-1'", "TimeoutSec: '-1' is not a number of seconds from 0")]
    [InlineData("SchemaVersion = '7'", "SchemaVersion: '7' is not a schema version")]
    [InlineData("ProcessorCount = 'two'", "ProcessorCount: a whole number from 0 to 4294967295 is expected, not a text")]
    [InlineData("HvPartition = 'perhaps'", "HvPartition: true or false is expected, not a text")]
    [InlineData("ProcesorCount = '2'", "ProcesorCount: ContainerConfig has no such member; did you mean ProcessorCount?")]
    [InlineData("MappedDirectories = '/tmp'", "'/tmp' is not of the form HostPath:ContainerPath[:ro]")]
    public void A_value_that_does_not_fit_is_one_error_and_the_other_rows_go_on(string column, string reason)
    {
        string id = Session.NewId();
        ScriptResult result = Session.Run(
            $"[pscustomobject]@{{ Name = 'n'; {column} }}, [pscustomobject]@{{ Name = $id }} | New-HcsContainer", ("id", id));
        Assert.Contains(reason, Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        Assert.Equal(id, Assert.Single(result.Output).ToString());
    }

    [Fact]
    public void An_object_of_schema_2_keeps_its_version()
    {
        string id = Session.NewId();
        Assert.Equal(id, (string)Session.Single(
            "'{\"SchemaVersion\":{\"Major\":2,\"Minor\":1},\"Container\":{}}' | ConvertFrom-Json | New-HcsContainer -Id $id", ("id", id)).Id);
    }
}
