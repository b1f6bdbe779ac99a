using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class DismountHcsLayerTests(OciSession oci) : LayerTests(oci)
{
    private string? VolumeOf(string name) => (string?)Session.Single($"Get-HcsLayer -LiteralPath {name}").VolumePath;

    [Theory]
    [InlineData("Dismount-HcsLayer web[1]")]
    [InlineData("Dismount-HcsLayer -LiteralPath web[1]")]
    [InlineData("Dismount-HcsLayer we*")]
    [InlineData("Get-Item -LiteralPath web[1] | Dismount-HcsLayer")]
    [InlineData("$m | Dismount-HcsLayer")]
    [InlineData("Revive $m | Dismount-HcsLayer")]
    [InlineData("Get-HcsLayer -LiteralPath web[1] | Dismount-HcsLayer")]
    [InlineData("Dismount-HcsLayer $m")]
    [InlineData("Receive-Job -Wait -AutoRemoveJob (Dismount-HcsLayer $m -AsJob)")]
    public void It_dismounts_what_was_named_and_says_nothing(string command)
    {
        Session.Get("$null = New-HcsLayer web[1] base; $m = Mount-HcsLayer -LiteralPath web[1]");
        string volume = VolumeOf("web[1]")!;
        Assert.Empty(Session.Get($"{Revive} {command}"));
        Assert.Null(VolumeOf("web[1]"));
        Assert.False(Directory.Exists(volume));
    }

    [Fact]
    public void PassThru_tells_the_layer_as_it_is_afterwards()
    {
        dynamic layer =
            Session.Single("$null = New-HcsLayer app base; Mount-HcsLayer app | Dismount-HcsLayer -PassThru");
        Assert.Equal(At("app"), (string)layer.Path);
        Assert.Null((string?)layer.VolumePath);
    }

    [Fact]
    public void What_is_not_mounted_stays_as_it_is_without_an_error()
    {
        Session.Get("$null = New-HcsLayer app base");
        Assert.Single(Session.Get("Dismount-HcsLayer app; Dismount-HcsLayer app -PassThru"));
    }

    [Fact]
    public void One_bad_path_is_one_error_and_the_rest_are_dismounted()
    {
        Session.Get("$null = New-HcsLayer one, two base | Mount-HcsLayer");
        RequireRefusal(
            "'one', 'base', 'two' | Dismount-HcsLayer", "HcsNotALayer", ErrorCategory.InvalidType, At("base"));
        Assert.Equal([null, null], new[] { "one", "two" }.Select(VolumeOf));
    }

    [Fact]
    public void WhatIf_dismounts_nothing()
    {
        Session.Get("$null = New-HcsLayer app base | Mount-HcsLayer; Dismount-HcsLayer app -WhatIf -PassThru");
        Session.Run("Dismount-HcsLayer app -Confirm").RequireError(
            "HcsConfirmationRequired", ErrorCategory.OperationStopped);
        Assert.NotNull(VolumeOf("app"));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public void A_container_on_the_scratch_is_named_and_goes_on(string schema)
    {
        Session.Get(
            "$null = New-HcsLayer app base | Mount-HcsLayer | New-HcsContainer c1 -SchemaVersion $s", ("s", schema));
        ErrorRecord error =
            RequireRefusal("Dismount-HcsLayer app", "HcsLayerInUse", ErrorCategory.ResourceBusy, At("app"));
        Assert.Equal(
            $"Cannot dismount layer '{At("app")}': '{At("app")}' is in use by container 'c1'.", error.ToString());
        Assert.NotNull(VolumeOf("app"));
        Session.Get("Stop-HcsContainer c1 -Force; Dismount-HcsLayer app");
        Assert.Null(VolumeOf("app"));
    }

    [Fact]
    public void A_program_that_uses_the_mount_is_told()
    {
        string volume = Session.Single("$null = New-HcsLayer app base; Mount-HcsLayer app").VolumePath;
        using (File.OpenRead(Path.Combine(volume, "hello.txt")))
        {
            ErrorRecord error =
                RequireRefusal("Dismount-HcsLayer app", "HcsLayerInUse", ErrorCategory.ResourceBusy, At("app"));
            Assert.Contains("A program uses", error.ToString(), StringComparison.Ordinal);
        }

        Session.Get("Dismount-HcsLayer app");
    }
}
