using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

/// <summary>Tests of Test-HcsConfiguration -OnHost on Linux, with real layers and mounts.</summary>
public sealed class OnHostOciTests(OciSession oci) : LayerTests(oci)
{
    private string[] Problems(string configuration) =>
        Texts($"Test-HcsConfiguration {configuration} -OnHost -Detailed", ("base", At("base")), ("d", At()));

    [Fact]
    public void What_a_container_can_be_created_from_has_no_problem()
    {
        Session.Get("$m = New-HcsLayer app base | Mount-HcsLayer");
        Directory.CreateDirectory(At("empty"));
        foreach (string configuration in new[]
        {
            "@{ Layers = @(@{ Path = $base }) }",
            "@{ Layers = @(@{ Path = $base; ID = 'mine' }); LayerFolderPath = \"$d/new\" }",
            "@{ Layers = @(@{ Path = $base }); LayerFolderPath = \"$d/empty\" }",
            "@{ Layers = $m.Layers; LayerFolderPath = $m.LayerFolderPath; VolumePath = $m.VolumePath; HvPartition = $true }",
            "@{ Layers = @(@{ Path = $base }); MappedDirectories = @(@{ HostPath = \"$base/hello.txt\"; ContainerPath = '/x' }) }",
            "@{ SchemaVersion = @{ Major = 2; Minor = 1 }; Container = @{ Storage = @{ Layers = @(@{ Id = '1'; Path = $base }); Path = $m.VolumePath } } }",
        })
        {
            Assert.Empty(Problems(configuration));
        }
    }

    [Fact]
    public void What_it_cannot_be_created_from_is_told_by_its_member()
    {
        NewLayer("tools");
        Session.Get("$m = New-HcsLayer app base | Mount-HcsLayer; $null = New-HcsLayer idle base");
        foreach ((string configuration, string told) in new[]
        {
            ("@{ Layers = @(@{ Path = \"$d/gone\" }) }", "Layers[0].Path: There is no folder"),
            ("@{ Layers = @(@{ Path = 'base' }) }", "Layers[0].Path: 'base' is no absolute path."),
            ("@{ Layers = @(@{ Path = $base }); LayerFolderPath = $m.LayerFolderPath }", "LayerFolderPath: '"),
            ("@{ Layers = @(@{ Path = $base }); LayerFolderPath = $base }", "LayerFolderPath: '"),
            ("@{ LayerFolderPath = \"$d/gone\" }", "LayerFolderPath: There is no folder"),
            ("@{ Layers = @(@{ Path = $base }); LayerFolderPath = \"$d/idle\"; VolumePath = $m.VolumePath }", "VolumePath: The scratch"),
            ("@{ Layers = @(@{ Path = \"$d/tools\" }); LayerFolderPath = \"$d/idle\" }", "Layers: Other layers are named by layerchain.json of"),
            ("@{ Layers = @(@{ Path = $base }); VolumePath = \"$d/gone\" }", "VolumePath: There is no volume"),
            ("@{ MappedVirtualDisks = @(@{ HostPath = \"$d/gone\"; ContainerPath = '/x' }) }", "MappedVirtualDisks[0].HostPath: There is no file"),
        })
        {
            Assert.StartsWith(told, Assert.Single(Problems(configuration)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_time_limit_that_passes_is_an_error_and_no_answer()
    {
        Session.Get("$null = New-HcsLayer app base");
        using var held = new HeldLayer(At("app"));
        ScriptResult result = Session.Run(
            "Test-HcsConfiguration @{ LayerFolderPath = $app } -OnHost -TimeoutSec 1", ("app", At("app")));
        result.RequireError("HcsOperationTimeout", ErrorCategory.OperationTimeout);
        Assert.False((bool)Assert.Single(result.Output).BaseObject);
    }
}
