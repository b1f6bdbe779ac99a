using System;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

/// <summary>Tests New-HcsContainer with a mounted scratch.</summary>
public sealed class MountedLayerTests(OciSession oci) : LayerTests(oci)
{
    private const string Mount = "$null = New-HcsLayer app base; $m = Mount-HcsLayer app;";

    [Theory]
    [InlineData("$m | New-HcsContainer c1 -HostName boxy -Start")]
    [InlineData("New-HcsContainer -Id c1 -MountedLayer $m -HostName boxy -Start")]
    [InlineData("Revive $m | New-HcsContainer c1 -HostName boxy -Start")]
    [InlineData("New-HcsContainer c1 -MountedLayer (Revive $m) -HostName boxy -Start")]
    [InlineData("$m | New-HcsContainer c1 -HostName boxy -SchemaVersion 2 -Start")]
    [InlineData("$m | New-HcsContainer c1 -HostName boxy -HcsHost $m.HcsHost -Start")]
    [InlineData("$m | New-HcsContainer c1 -HostName boxy -Start -AsJob | Receive-Job -Wait -AutoRemoveJob")]
    public void A_container_runs_on_it_and_writes_to_it(string command)
    {
        AddPrograms();
        dynamic container = Session.Single($"{Revive} {Mount} {command}");
        Assert.Equal("c1", (string)container.Id);
        Assert.Equal("Running", (string)container.State);
        Assert.Equal(
            ["hello", "boxy"], Texts("Invoke-HcsProcess c1 'cat /hello.txt'; Invoke-HcsProcess c1 hostname"));
        Session.Get("Invoke-HcsProcess c1 '/bin/sh -c \"echo made > /made\"'");
        Assert.Equal("made", (string)Session.Single("Get-Content (Join-Path $m.VolumePath made)"));
        Session.Get("Stop-HcsContainer c1 -Force");
        Assert.NotNull(Session.Single("Get-HcsLayer app").VolumePath);
    }

    [Theory]
    [InlineData("-VolumePath /v", "VolumePath")]
    [InlineData("-LayerFolderPath /f", "LayerFolderPath")]
    [InlineData("-Layer @{ ID = 'x'; Path = '/l' }", "Layer")]
    public void It_does_not_go_with_other_storage(string other, string name)
    {
        ErrorRecord error = Session.Run($"{Mount} $m | New-HcsContainer c1 {other}")
            .RequireError("HcsInvalidConfiguration", ErrorCategory.InvalidData);
        Assert.Contains($"leave -{name} out", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Session.Get("Get-HcsContainer"));
    }

    [Theory]
    [InlineData("$m | New-HcsContainer")]
    [InlineData("$m | New-HcsContainer -SchemaVersion 2")]
    [InlineData("Revive $m | New-HcsContainer")]
    [InlineData("$m | New-HcsContainer -Id c1")]
    [InlineData("New-HcsContainer $m")]
    public void Nothing_else_need_be_said(string command)
    {
        string id = Session.Single($"{Revive} {Mount} {command}").Id;
        Assert.Equal(id, (string)Session.Single("(Get-HcsLayer app).UsedBy"));
    }

    [Fact]
    public void Several_make_a_container_each()
    {
        ScriptResult result =
            Session.Run("New-HcsLayer one, two base | Mount-HcsLayer | New-HcsContainer").RequireNoErrors();
        Assert.Equal(2, result.Output.Count);
        string[] ids = [.. result.Output.Select(container => (string)((dynamic)container.BaseObject).Id)];
        Assert.Equal(ids, Session.Get("(Get-HcsLayer one, two).UsedBy").Select(id => (string)id.BaseObject));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public void WhatIf_creates_nothing_and_shows_the_document_with_its_storage(string schema)
    {
        ScriptResult result = Session.Run(
            $"{Mount} $m | New-HcsContainer c1 -SchemaVersion $s -WhatIf -Verbose", ("s", schema)).RequireNoErrors();
        Assert.Empty(result.Output);
        Assert.Empty(Session.Get("Get-HcsContainer"));
        string line = Assert.Single(result.Verbose, told => told.StartsWith("Document: ", StringComparison.Ordinal));
        using var document = JsonDocument.Parse(line["Document: ".Length..]);
        JsonElement layers = schema == "1"
            ? document.RootElement.GetProperty("Layers")
            : document.RootElement.GetProperty("Container").GetProperty("Storage").GetProperty("Layers");
        Assert.Equal(At("base"), Assert.Single(layers.EnumerateArray()).GetProperty("Path").GetString());
        string volume = (string)Session.Single("$m.VolumePath");
        if (schema == "1")
        {
            Assert.Equal(At("app"), document.RootElement.GetProperty("LayerFolderPath").GetString());
            Assert.Equal(volume, document.RootElement.GetProperty("VolumePath").GetString());
        }
        else
        {
            Assert.StartsWith(
                volume,
                document.RootElement.GetProperty("Container").GetProperty("Storage").GetProperty("Path").GetString(),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_second_container_on_the_scratch_is_refused()
    {
        Session.Get($"{Mount} $null = $m | New-HcsContainer c1");
        Assert.Single(Session.Run("$m | New-HcsContainer c2").Errors);
        Assert.Equal("c1", (string)Session.Single("(Get-HcsContainer).Id"));
    }

    [Fact]
    public void It_is_created_where_the_scratch_is_mounted_whatever_host_is_chosen()
    {
        using var other = new Session();
        Session.Get(
            $"{Mount} Connect-HcsHost -Embedded -Name $n; $c = $m | New-HcsContainer c1;"
                + " Connect-HcsHost -Embedded -Name $own",
            ("n", other.HostName),
            ("own", Session.HostName));
        Assert.Equal(Session.HostName, (string)Session.Single("$c.HcsHost.Name"));
    }

    [Fact]
    public void Another_host_is_refused()
    {
        using var other = new Session();
        ErrorRecord error = Session.Run($"{Mount} $m | New-HcsContainer c1 -HcsHost $n", ("n", other.HostName))
            .RequireError("HcsHostMismatch", ErrorCategory.InvalidArgument);
        Assert.Equal(
            $"Cannot create a container on host '{other.HostName}' with '{At("app")}', which is on host '{Session.HostName}'.",
            error.ToString());
        Assert.Empty(other.Get("Get-HcsContainer"));
    }

    [Fact]
    public void A_scratch_of_another_computer_is_refused()
    {
        Session.Run(
            $"{Revive} {Mount} $d = Revive $m; $d.HostInstance = [guid]::NewGuid(); $d.ComputerName = 'b';"
                + " $d | New-HcsContainer c1")
            .RequireError("HcsOtherComputer", ErrorCategory.InvalidArgument);
        Assert.Empty(Session.Get("Get-HcsContainer"));
    }

    [Theory]
    [InlineData("Get-HcsLayer app")]
    [InlineData("'app'")]
    public void What_is_not_a_mounted_scratch_is_refused(string given)
    {
        Assert.Single(Session.Run($"{Mount} New-HcsContainer c1 -MountedLayer ({given})").Errors);
        Assert.Empty(Session.Get("Get-HcsContainer"));
    }
}
