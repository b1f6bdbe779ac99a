using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class GetHcsLayerTests(OciSession oci) : LayerTests(oci)
{
    [Fact]
    public void A_scratch_is_told_with_all_its_properties()
    {
        NewLayer("tools");
        dynamic made = Session.Single("New-HcsLayer app -ParentLayer tools, base -SizeBytes 16MB");
        dynamic mounted = Session.Single("Mount-HcsLayer app");
        dynamic app = Session.Single("Get-HcsLayer app");
        Assert.Equal(At("app"), (string)app.Path);
        Assert.Equal("Scratch", app.Kind.ToString());
        Assert.NotEqual(Guid.Empty, (Guid)app.LayerId);
        Assert.Equal((Guid)made.LayerId, (Guid)app.LayerId);
        Assert.Equal([At("tools"), At("base")], (IReadOnlyList<string>)app.Parents);
        Assert.True((bool)app.IsInitialized);
        Assert.Null((Version?)app.OSVersion);
        Assert.False((bool)app.HasUtilityVM);
        Assert.Equal((string)mounted.VolumePath, (string)app.VolumePath);
        Assert.InRange((long)app.Size, 16 << 20, 17 << 20);
        Assert.Empty((IReadOnlyList<string>)app.UsedBy);
        Assert.Equal(Session.HostName, (string)app.HcsHost);
        Assert.Equal(Environment.MachineName, (string)app.ComputerName);
        Assert.Equal(At("app"), app.ToString());
        Assert.Equal(At("app"), (string)Session.Single("(Get-HcsLayer app | ConvertTo-Json | ConvertFrom-Json).Path"));
    }

    [Fact]
    public void A_read_only_layer_is_told_by_its_kind_its_size_and_the_layers_above_it()
    {
        NewLayer("tools");
        Session.Get("$null = New-HcsLayer app tools, base");
        dynamic[] told = [.. Session.Get("Get-HcsLayer base, tools").Select(layer => (dynamic)layer.BaseObject)];
        Assert.All(told, layer => Assert.Equal("Base", (string)layer.Kind.ToString()));
        Assert.All(told, layer => Assert.Equal(SizeOfLayer, (long)layer.Size));
        Assert.All(told, layer => Assert.Equal([At("app")], (IReadOnlyList<string>)layer.UsedBy));
        Assert.All(told, layer => Assert.Empty((IReadOnlyList<string>)layer.Parents));
        Assert.All(told, layer => Assert.Null((string?)layer.VolumePath));
        Assert.NotEqual((Guid)told[0].LayerId, (Guid)told[1].LayerId);
    }

    /// <summary>The folder is the root of a container, so the file came with an image, and names what it likes.</summary>
    [Fact]
    public void A_list_of_parents_in_a_read_only_layer_is_content_and_not_believed()
    {
        NewLayer("tools");
        File.WriteAllText(At("tools", "layerchain.json"), """["/etc"]""");
        Assert.Empty((IReadOnlyList<string>)Session.Single("Get-HcsLayer tools").Parents);
        Assert.Equal([At("tools")], (IReadOnlyList<string>)Session.Single("New-HcsLayer app tools").Parents);
        string volume = Session.Single("Mount-HcsLayer app").VolumePath;
        Assert.Equal(
            ["hello.txt", "layerchain.json"], Directory.EnumerateFileSystemEntries(volume).Select(Path.GetFileName).Order());
    }

    /// <summary>Layers on Linux tell neither, so the test tells them.</summary>
    [Fact]
    public void The_version_and_the_utility_virtual_machine_are_told()
    {
        (object host, GivenLayers layers) = ServiceProxy.HostOf<GivenLayers>(Session);
        var id = Guid.NewGuid();
        foreach ((string name, object value) in new (string, object)[]
        {
            ("Kind", "Base"),
            ("OSVersion", new Version(10, 0, 20348, 1)),
            ("HasUtilityVM", true),
            ("IsInitialized", false),
            ("Id", id),
        })
        {
            layers.Properties[name] = value;
        }

        dynamic layer = Session.Single("Get-HcsLayer base -HcsHost $h", ("h", host));
        Assert.Equal(new Version(10, 0, 20348, 1), (Version)layer.OSVersion);
        Assert.True((bool)layer.HasUtilityVM);
        Assert.False((bool)layer.IsInitialized);
        Assert.Equal(id, (Guid)layer.LayerId);
        Assert.Equal(42, (long)layer.Size);
    }

    [Theory]
    [InlineData("Get-HcsLayer *", "base web[1] web1")]
    [InlineData("Get-HcsLayer b*, web?", "base web1")]
    [InlineData("Get-HcsLayer web[1]", "web[1]")]
    [InlineData("Get-HcsLayer 'web`[1`]'", "web[1]")]
    [InlineData("Get-HcsLayer web[12]", "web1")]
    [InlineData("Get-HcsLayer no*", "")]
    [InlineData("Get-HcsLayer -LiteralPath web[1], base", "web[1] base")]
    [InlineData("'web1', 'base' | Get-HcsLayer", "web1 base")]
    [InlineData("Get-ChildItem -Directory | Get-HcsLayer", "base web[1] web1")]
    [InlineData("Get-HcsLayer ./web1, sub/../base, base/", "web1 base base")]
    [InlineData("Set-Location base; Get-HcsLayer ../web1; Get-HcsLayer .; Set-Location ..", "web1 base")]
    [InlineData("Push-Location Env:; Get-HcsLayer $root/base; Pop-Location", "base")]
    [InlineData("$null = New-PSDrive l FileSystem $root; Get-HcsLayer l:/base, l:\\w*1; Remove-PSDrive l", "base web1")]
    public void The_folders_are_those_that_were_meant(string command, string names)
    {
        NewLayer("web1");
        NewLayer("web[1]");
        File.WriteAllText(At("notes"), "no folder");
        Assert.Equal(
            names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => At(name)),
            Texts(command, ("root", At())).Select(path => path.TrimEnd('/')));
    }

    [Fact]
    public void One_bad_path_is_one_error_and_the_rest_are_told()
    {
        ScriptResult result = Session.Run("'base', 'nowhere', 'base' | Get-HcsLayer");
        Assert.Equal(2, result.Output.Count);
        ErrorRecord error = result.RequireError("HcsLayerNotFound", ErrorCategory.ObjectNotFound);
        Assert.Equal(At("nowhere"), error.TargetObject);
        Assert.Equal(
            $"Cannot describe layer '{At("nowhere")}': There is no folder '{At("nowhere")}'.", error.ToString());
        Assert.Contains("Check the path", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(2, Session.Run("Get-HcsLayer base, nowhere, base").Output.Count);
    }

    [Fact]
    public void What_is_no_layer_is_refused()
    {
        Directory.CreateDirectory(At("empty"));
        File.WriteAllText(At("file"), "text");
        Session.Get("$null = New-HcsLayer torn base");
        File.WriteAllText(At("torn", "layerchain.json"), "[1]");
        RequireRefusal("Get-HcsLayer empty", "HcsNotALayer", ErrorCategory.InvalidType, At("empty"));
        RequireRefusal("Get-HcsLayer file", "HcsLayerNotFound", ErrorCategory.ObjectNotFound, At("file"));
        RequireRefusal("Get-HcsLayer torn", "HcsLayerChainUnreadable", ErrorCategory.InvalidData, At("torn"));
        RequireRefusal("Get-HcsLayer Env:PATH", "HcsLayerNotFound", ErrorCategory.ObjectNotFound, "Env:PATH");
        RequireRefusal("Get-HcsLayer Env:P*", "HcsLayerNotFound", ErrorCategory.ObjectNotFound, "Env:P*");
        RequireRefusal("Get-HcsLayer nodrive:x*", "HcsLayerNotFound", ErrorCategory.ObjectNotFound, "nodrive:x*");
    }

    [Theory]
    [InlineData("$app | Get-HcsLayer")]
    [InlineData("$mounted | Get-HcsLayer")]
    [InlineData("Get-HcsLayer $app")]
    [InlineData("Get-HcsLayer $mounted")]
    [InlineData("Get-HcsLayer -InputObject $app")]
    [InlineData("Revive $app | Get-HcsLayer")]
    [InlineData("Revive $mounted | Get-HcsLayer")]
    [InlineData("Get-HcsLayer (Revive $app)")]
    [InlineData("Get-HcsLayer -Layer (Revive $mounted)")]
    [InlineData("Get-HcsLayer -LiteralPath $app")]
    public void An_object_is_a_layer_live_and_deserialized(string command)
    {
        Session.Get("$app = New-HcsLayer app base; $mounted = Mount-HcsLayer app");
        dynamic layer = Session.Single($"{Revive} {command}");
        Assert.Equal(At("app"), (string)layer.Path);
        Assert.Equal("Scratch", layer.Kind.ToString());
        Assert.NotNull((string?)layer.VolumePath);
    }

    [Fact]
    public void A_list_of_live_and_deserialized_objects_is_taken_as_one()
    {
        Session.Get("$app = New-HcsLayer app base; $mounted = Mount-HcsLayer app; $base = Get-HcsLayer base");
        Assert.Equal(
            [At("base"), At("app"), At("app")],
            Texts($"{Revive} Get-HcsLayer -Layer $base, (Revive $app), $mounted"));
    }

    [Fact]
    public void Without_a_path_the_mounted_scratches_are_told()
    {
        Session.Get("$null = New-HcsLayer app, other base; $null = Mount-HcsLayer app");
        string[] mounted = Texts("Get-HcsLayer");
        Assert.Contains(At("app"), mounted);
        Assert.DoesNotContain(At("other"), mounted);
        Session.Get("Dismount-HcsLayer app");
        Assert.DoesNotContain(At("app"), Texts("Get-HcsLayer"));
    }

    [Fact]
    public void What_is_dismounted_or_deleted_while_the_mounted_are_listed_is_left_out()
    {
        (object host, GivenLayers layers) = ServiceProxy.HostOf<GivenLayers>(Session);
        layers.Mounted = ["/gone", "/emptied", "/mounted", "/torn"];
        layers.Properties["VolumePath"] = "/volume";
        layers.Problem = (method, path) => (method, path) switch
        {
            ("GetPropertiesAsync", "/gone") => "NotFound",
            ("GetPropertiesAsync", "/emptied") => "NotALayer",
            ("GetPropertiesAsync", "/torn") => "ChainUnreadable",
            _ => null,
        };
        ScriptResult result = Session.Run("Get-HcsLayer -HcsHost $h", ("h", host));
        Assert.Equal("/mounted", ((dynamic)Assert.Single(result.Output).BaseObject).Path);
        Assert.Equal(
            "/torn", result.RequireError("HcsLayerChainUnreadable", ErrorCategory.InvalidData).TargetObject);
        layers.Properties["VolumePath"] = null;
        layers.Mounted = ["/dismounted"];
        Assert.Empty(Session.Get("Get-HcsLayer -HcsHost $h"));
        Session.Run("Get-HcsLayer -HcsHost $h -Path /gone").RequireError(
            "HcsLayerNotFound", ErrorCategory.ObjectNotFound);
        Assert.Single(Session.Get("Get-HcsLayer -HcsHost $h -Path /dismounted"));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public void The_containers_on_a_scratch_and_on_the_layers_below_are_told(string schema)
    {
        Session.Get(
            "$null = New-HcsLayer app base | Mount-HcsLayer | New-HcsContainer c1 -SchemaVersion $s", ("s", schema));
        Assert.Equal(["c1"], (IReadOnlyList<string>)Session.Single("Get-HcsLayer app").UsedBy);
        Assert.Equal(["c1", At("app")], (IReadOnlyList<string>)Session.Single("Get-HcsLayer base").UsedBy);
        Session.Get("Stop-HcsContainer c1 -Force");
        Assert.Empty((IReadOnlyList<string>)Session.Single("Get-HcsLayer app").UsedBy);
        Assert.Equal([At("app")], (IReadOnlyList<string>)Session.Single("Get-HcsLayer base").UsedBy);
    }

    [Fact]
    public void A_container_that_names_the_folder_itself_is_told_too()
    {
        Session.Get(
            "$null = New-HcsLayer app base;"
                + " $null = New-HcsContainer c1 -LayerFolderPath $root/app/ -Layer @{ ID = 'x'; Path = $base }",
            ("root", At()),
            ("base", At("base") + "/"));
        Assert.Equal(["c1", At("app")], (IReadOnlyList<string>)Session.Single("Get-HcsLayer base").UsedBy);
        Assert.Equal(["c1"], (IReadOnlyList<string>)Session.Single("Get-HcsLayer app").UsedBy);
    }
}
