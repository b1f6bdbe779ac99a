using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class MountHcsLayerTests(OciSession oci) : LayerTests(oci)
{
    private string? VolumeOf(string name) => (string?)Session.Single($"Get-HcsLayer -LiteralPath {name}").VolumePath;

    [Fact]
    public void It_mounts_and_tells_the_three_members_of_a_document()
    {
        NewLayer("tools");
        dynamic mounted = Session.Single("$null = New-HcsLayer app tools, base; Mount-HcsLayer app");
        Assert.Equal(At("app"), (string)mounted.LayerFolderPath);
        Assert.Equal("hello", File.ReadAllText(Path.Combine((string)mounted.VolumePath, "hello.txt")));
        dynamic[] layers = [.. (IEnumerable<object>)mounted.Layers];
        Assert.Equal([At("tools"), At("base")], layers.Select(layer => (string)layer.Path));
        Assert.Equal(
            layers.Select(layer => (string)layer.ID),
            Session.Get("(Get-HcsLayer tools, base).LayerId").Select(id => id.ToString()));
        Assert.Equal(Session.HostName, (string)mounted.HcsHost);
        Assert.Equal(At("app"), mounted.ToString());
    }

    [Fact]
    public void What_is_written_is_in_the_scratch_and_not_below()
    {
        string volume = Session.Single("$null = New-HcsLayer app base; Mount-HcsLayer app").VolumePath;
        File.WriteAllText(Path.Combine(volume, "note.txt"), "note");
        Session.Get("Dismount-HcsLayer app");
        volume = Session.Single("Mount-HcsLayer app").VolumePath;
        Assert.Equal("note", File.ReadAllText(Path.Combine(volume, "note.txt")));
        Assert.False(File.Exists(At("base", "note.txt")));
    }

    [Theory]
    [InlineData("Mount-HcsLayer web[1]")]
    [InlineData("Mount-HcsLayer -LiteralPath web[1]")]
    [InlineData("Mount-HcsLayer ./web[[]1]")]
    [InlineData("Get-ChildItem -Directory | Where-Object Name -like 'web*' | Mount-HcsLayer")]
    [InlineData("Get-HcsLayer -LiteralPath web[1] | Mount-HcsLayer")]
    [InlineData("Revive (Get-HcsLayer -LiteralPath web[1]) | Mount-HcsLayer")]
    [InlineData("Mount-HcsLayer (Get-HcsLayer -LiteralPath web[1])")]
    public void A_scratch_is_named_by_path_or_by_object(string command)
    {
        Session.Get("$null = New-HcsLayer web[1] base");
        Assert.Equal(At("web[1]"), (string)Session.Single($"{Revive} {command}").LayerFolderPath);
        Assert.NotNull(VolumeOf("web[1]"));
    }

    [Theory]
    [InlineData("-ParentLayer other")]
    [InlineData("-ParentPath (Get-HcsLayer other)")]
    public void Parents_that_are_named_are_used(string parents)
    {
        NewLayer("other");
        dynamic mounted = Session.Single($"$null = New-HcsLayer app base; Mount-HcsLayer app {parents}");
        Assert.Equal(
            [At("other")], ((IEnumerable<object>)mounted.Layers).Select(layer => (string)((dynamic)layer).Path));
    }

    [Fact]
    public void One_bad_path_is_one_error_and_the_rest_are_mounted()
    {
        ScriptResult result = Session.Run("$null = New-HcsLayer one, two base; 'one', 'base', 'two' | Mount-HcsLayer");
        Assert.Equal(2, result.Output.Count);
        ErrorRecord error = result.RequireError("HcsNotALayer", ErrorCategory.InvalidType);
        Assert.Equal(At("base"), error.TargetObject);
        Assert.Equal(
            $"Cannot mount layer '{At("base")}': '{At("base")}' is a read-only layer; only a scratch is mounted.",
            error.ToString());
        Assert.Contains("New-HcsLayer makes a scratch", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_mounts_nothing()
    {
        Assert.Empty(Session.Get("$null = New-HcsLayer app base; Mount-HcsLayer app -WhatIf"));
        Session.Run("Mount-HcsLayer app -Confirm").RequireError(
            "HcsConfirmationRequired", ErrorCategory.OperationStopped);
        Assert.Null(VolumeOf("app"));
    }

    [Fact]
    public void A_scratch_without_its_parents_is_refused()
    {
        Session.Get("$null = New-HcsLayer app base");
        File.Delete(At("app", "layerchain.json"));
        ErrorRecord error = RequireRefusal(
            "Mount-HcsLayer app", "HcsLayerParentMissing", ErrorCategory.ObjectNotFound, At("app"));
        Assert.Contains("-ParentLayer", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Single(Session.Get("Mount-HcsLayer app -ParentLayer base"));
    }

    [Fact]
    public void Parents_that_cannot_be_named_are_one_error_for_each_scratch()
    {
        ScriptResult result =
            Session.Run("$null = New-HcsLayer one, two base; Mount-HcsLayer one, two -ParentLayer Env:PATH");
        Assert.Equal(["HcsLayerNotFound", "HcsLayerNotFound"], IdsOf(result));
        Assert.Equal([At("one"), At("two")], result.Errors.Select(error => error.TargetObject));
    }

    [Fact]
    public void What_is_mounted_is_not_mounted_again()
    {
        Session.Get("$null = New-HcsLayer app base; $m = Mount-HcsLayer app");
        ErrorRecord error =
            RequireRefusal("$m | Mount-HcsLayer", "HcsLayerInUse", ErrorCategory.ResourceBusy, At("app"));
        Assert.Contains("is mounted already", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("dismount the scratch", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Mount-HcsLayer app | New-HcsContainer c1")]
    [InlineData("New-HcsContainer c1 -LayerFolderPath $root/app -Layer @{ ID = 'x'; Path = \"$root/base\" }")]
    public void A_container_on_the_scratch_is_named(string use)
    {
        Session.Get($"$null = New-HcsLayer app base; $null = {use}", ("root", At()));
        Assert.Equal(
            $"Cannot mount layer '{At("app")}': '{At("app")}' is in use by container 'c1'.",
            RequireRefusal("Mount-HcsLayer app", "HcsLayerInUse", ErrorCategory.ResourceBusy, At("app")).ToString());
    }

    [Fact]
    public void Of_many_runspaces_one_gets_the_scratch()
    {
        Session.Get("$null = New-HcsLayer app base");
        ScriptResult result = Session.Run(
            """
            1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
                Import-Module $using:manifest
                Mount-HcsLayer $using:path -HcsHost $using:name
            }
            """,
            ("manifest", StagedModule.Manifest),
            ("path", At("app")),
            ("name", Session.HostName));
        Assert.Equal(VolumeOf("app"), ((dynamic)Assert.Single(result.Output).BaseObject).VolumePath);
        Assert.Equal(["HcsLayerInUse", "HcsLayerInUse", "HcsLayerInUse"], IdsOf(result));
    }

    [Fact]
    public void A_job_gives_the_mounted_scratch()
    {
        dynamic mounted = Session.Single(
            "$null = New-HcsLayer app base; Mount-HcsLayer app -AsJob | Receive-Job -Wait -AutoRemoveJob");
        Assert.Equal(VolumeOf("app"), (string)mounted.VolumePath);
    }
}
