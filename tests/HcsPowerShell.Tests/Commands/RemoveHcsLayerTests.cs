using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class RemoveHcsLayerTests(OciSession oci) : LayerTests(oci)
{
    private bool Exists(string name) => Directory.Exists(At(name));

    [Theory]
    [InlineData("Remove-HcsLayer web[1]")]
    [InlineData("Remove-HcsLayer -LiteralPath web[1]")]
    [InlineData("Remove-HcsLayer web*")]
    [InlineData("Get-Item -LiteralPath web[1] | Remove-HcsLayer")]
    [InlineData("$app | Remove-HcsLayer")]
    [InlineData("Revive $app | Remove-HcsLayer")]
    [InlineData("Remove-HcsLayer $app")]
    [InlineData("Receive-Job -Wait -AutoRemoveJob (Remove-HcsLayer $app -AsJob)")]
    public void It_deletes_what_was_named_unasked_and_says_nothing(string command)
    {
        Session.Get("$app = New-HcsLayer web[1] base");
        Assert.Empty(Session.Get($"{Revive} {command}"));
        Assert.False(Exists("web[1]"));
        Assert.True(Exists("base"));
    }

    [Fact]
    public void A_mounted_layer_that_was_dismounted_is_deleted_by_its_object()
    {
        Session.Get(
            "$null = New-HcsLayer app base; $m = Mount-HcsLayer app; Dismount-HcsLayer app; $m | Remove-HcsLayer");
        Assert.False(Exists("app"));
    }

    [Theory]
    [InlineData("Remove-HcsLayer base -Force")]
    [InlineData("Remove-HcsLayer base -Confirm:$false")]
    [InlineData("Get-HcsLayer base | Remove-HcsLayer -Force")]
    public void A_read_only_layer_is_deleted_unasked_when_that_is_said(string command)
    {
        Session.Get(command);
        Assert.False(Exists("base"));
    }

    [Theory]
    [InlineData("Remove-HcsLayer base", "it is a read-only layer, and this session cannot ask.")]
    [InlineData("Remove-HcsLayer base -AsJob", "it is a read-only layer, and this session cannot ask.")]
    [InlineData("Remove-HcsLayer base -Force -Confirm", "Cannot ask whether to do this: Remove")]
    public void A_session_that_cannot_ask_deletes_no_read_only_layer(string command, string told)
    {
        ScriptResult result = Session.Run(command);
        Assert.Empty(result.Output);
        ErrorRecord error = result.RequireError("HcsConfirmationRequired", ErrorCategory.OperationStopped);
        Assert.Contains(told, error.ToString(), StringComparison.Ordinal);
        Assert.True(Exists("base"));
    }

    [Theory]
    [InlineData("n\n", true)]
    [InlineData("y\n", false)]
    public void A_read_only_layer_is_deleted_only_after_Yes(string answer, bool isLeft)
    {
        string script =
            "Connect-HcsHost -Embedded -Isolation Oci; $null = New-HcsLayer app base; Remove-HcsLayer app, base";
        PwshResult result = Pwsh.Run(new PwshStart("-Command", $"Set-Location '{At()}'; {script}") { Input = answer });
        Assert.Equal(string.Empty, result.Error);
        Assert.Contains(result.Output, line => line.Contains("Delete a read-only layer", StringComparison.Ordinal));
        Assert.Equal(isLeft, Exists("base"));
        Assert.False(Exists("app"));
    }

    [Fact]
    public void WhatIf_deletes_nothing_and_asks_nothing()
    {
        Session.Get(
            "$null = New-HcsLayer app base; 'app', 'base' | Remove-HcsLayer -WhatIf;"
                + " Remove-HcsLayer app, base -WhatIf -Force");
        Assert.True(Exists("app") && Exists("base"));
    }

    [Fact]
    public void One_bad_path_is_one_error_and_the_rest_are_deleted()
    {
        Session.Get("$null = New-HcsLayer one, two base");
        ErrorRecord error = RequireRefusal(
            "'one', 'nowhere', 'two' | Remove-HcsLayer",
            "HcsLayerNotFound",
            ErrorCategory.ObjectNotFound,
            At("nowhere"));
        Assert.StartsWith("Cannot remove layer '", error.ToString(), StringComparison.Ordinal);
        Assert.False(Exists("one") || Exists("two"));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public void What_a_container_uses_is_refused_and_names_it(string schema)
    {
        Session.Get(
            "$null = New-HcsLayer app base | Mount-HcsLayer | New-HcsContainer c1 -SchemaVersion $s", ("s", schema));
        foreach (string name in new[] { "app", "base" })
        {
            ErrorRecord error = RequireRefusal(
                $"Remove-HcsLayer {name} -Force -Confirm:$false",
                "HcsLayerInUse",
                ErrorCategory.ResourceBusy,
                At(name));
            Assert.Equal(
                $"Cannot remove layer '{At(name)}': '{At(name)}' is in use by container 'c1'.", error.ToString());
            Assert.Contains("Stop the container", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        }

        Assert.True(File.Exists(At("base", "hello.txt")));
    }

    [Theory]
    [InlineData("New-HcsContainer -Layer base")]
    [InlineData("New-HcsLayer $scratch base | Mount-HcsLayer | New-HcsContainer")]
    public void What_a_container_of_another_session_uses_is_refused_until_it_ends(string use)
    {
        // The list of parents is away, so that only the container tells of its layers.
        string script = $"$scratch = '{At("elsewhere", "app")}'; $null = mkdir (Split-Path $scratch);"
            + $" Connect-HcsHost -Embedded -Isolation Oci; $c = {use};"
            + " if (Test-Path $scratch) { Rename-Item $scratch/layerchain.json away.json }; $c.State; Start-Sleep 600";
        using (var other = new Pwsh($"Set-Location '{At()}'; {script}"))
        {
            Assert.Equal("Created", other.ReadLine());
            ErrorRecord error = RequireRefusal(
                "Remove-HcsLayer base -Force", "HcsLayerInUse", ErrorCategory.ResourceBusy, At("base"));
            Assert.Contains("A container", error.ToString(), StringComparison.Ordinal);
            Assert.True(File.Exists(At("base", "hello.txt")));
            other.Kill();
        }

        Poll.Until(() => Session.Run("Remove-HcsLayer base -Force").Errors.Count == 0, "the layer to be free");
        Assert.False(Exists("base"));
    }

    [Fact]
    public void What_is_mounted_or_below_another_layer_is_refused()
    {
        Session.Get("$null = New-HcsLayer app base | Mount-HcsLayer");
        Assert.Contains(
            "is mounted at",
            RequireRefusal("Remove-HcsLayer app", "HcsLayerInUse", ErrorCategory.ResourceBusy, At("app")).ToString(),
            StringComparison.Ordinal);
        Session.Get("Dismount-HcsLayer app");
        ErrorRecord error =
            RequireRefusal("Remove-HcsLayer base -Force", "HcsLayerInUse", ErrorCategory.ResourceBusy, At("base"));
        Assert.Contains($"is a parent of the layer '{At("app")}'", error.ToString(), StringComparison.Ordinal);
        Session.Get("Remove-HcsLayer app; Remove-HcsLayer base -Force");
        Assert.False(Exists("base"));
    }

    [Fact]
    public void The_folder_of_another_program_is_left_alone()
    {
        (object host, GivenLayers layers) = ServiceProxy.HostOf<GivenLayers>(Session);
        layers.Problem = (method, _) => method == "RemoveAsync" ? "Foreign" : null;
        ErrorRecord error = RequireRefusal(
            "Remove-HcsLayer base -Force -HcsHost $h",
            "HcsLayerForeign",
            ErrorCategory.PermissionDenied,
            At("base"),
            ("h", host));
        Assert.Contains("docker rmi", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }
}
