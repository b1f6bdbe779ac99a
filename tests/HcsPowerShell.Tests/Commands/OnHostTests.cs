using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

/// <summary>
/// Tests of Test-HcsConfiguration -OnHost on a Windows whose layers the test gives; files and folders are real.
/// </summary>
public sealed class OnHostTests : SessionTests
{
    private const string TopId = "11111111-1111-1111-1111-111111111111";
    private const string BaseId = "22222222-2222-2222-2222-222222222222";
    private const string Top = "{'ID':'" + TopId + "','Path':'/l/top'}";
    private const string Base = "{'ID':'" + BaseId + "','Path':'/l/base'}";
    private const string Layers = "'Layers':[" + Top + "," + Base + "]";
    private const string Version2 = "'SchemaVersion':{'Major':2,'Minor':1}";
    private const string Layers2 =
        "'Layers':[{'Id':'" + TopId + "','Path':'/l/top'},{'Id':'" + BaseId + "','Path':'/l/base'}]";

    private readonly TemporaryFolder _folder = new();
    private readonly object _host;
    private readonly GivenLayers _layers;

    public OnHostTests(Session session)
        : base(session)
    {
        (_host, _layers) = ServiceProxy.HostOf<GivenLayers>(session);
        GivenWindows.Pretend(_host, "10.0.20348", mountsScratch: false);
        _layers.Of["/l/top"] = new()
        {
            ["Kind"] = "ReadOnly", ["Id"] = Guid.Parse(TopId), ["Parents"] = new[] { "/l/base" },
            ["OSVersion"] = new Version(10, 0, 20348, 1),
        };
        _layers.Of["/l/base"] = new() { ["Kind"] = "Base", ["Id"] = Guid.Parse(BaseId), ["HasUtilityVM"] = true };
        _layers.Of["/l/raw"] = new() { ["Kind"] = "Base", ["Id"] = Guid.Parse(BaseId), ["IsInitialized"] = false };
        _layers.Of["/l/newer"] = new()
        {
            ["Kind"] = "Base", ["Id"] = Guid.Parse(BaseId), ["OSVersion"] = new Version(10, 0, 26100, 1),
        };
        _layers.Of["/l/older"] = new()
        {
            ["Kind"] = "Base", ["Id"] = Guid.Parse(BaseId), ["OSVersion"] = new Version(10, 0, 17763, 1),
        };
        _layers.Of["/l/scratch"] = new() { ["Parents"] = new[] { "/l/top", "/l/base" }, ["VolumePath"] = "/v" };
        _layers.Of["/l/unmounted"] = new() { ["Parents"] = new[] { "/l/top", "/l/base" } };
        _layers.Of["/l/other"] = new() { ["Parents"] = new[] { "/l/base" }, ["VolumePath"] = "/v" };
        _layers.Problem = (_, path) => path == "/l/gone" ? "NotFound" : path == "/l/plain" ? "NotALayer" : null;
        _layers.Failure = path => path switch
        {
            "/l/closed" => new UnauthorizedAccessException("Access to the path '/l/closed' is denied."),
            "/l/broken" => new IOException("The disk '/l/broken' is broken."),
            _ => null,
        };
        Directory.CreateDirectory(At("data"));
        Directory.CreateDirectory(At("utility", "Files"));
        File.WriteAllText(At("disk.vhdx"), string.Empty);
    }

    private string At(params string[] names) => Path.Combine([_folder.Path, .. names]);

    protected override void Disposed() => _folder.Dispose();

    // A document is written with single quotes, and with a tilde for the folder of the test.
    private string Json(string document) => document.Replace('\'', '"').Replace("~", _folder.Path, StringComparison.Ordinal);

    private PSObject[] Problems(string document) =>
    [
        .. Session.Run("Test-HcsConfiguration $c -OnHost -Detailed -HcsHost $h", ("c", Json(document)), ("h", _host))
            .RequireNoErrors().Output,
    ];

    [Theory]
    [InlineData("{'LayerFolderPath':'/l/scratch','VolumePath':'/v'," + Layers + "}")]
    [InlineData("{'LayerFolderPath':'/l/scratch','VolumePath':'/v/'," + Layers + "}")]
    [InlineData("{'LayerFolderPath':'/l/unmounted'," + Layers + "}")]
    [InlineData("{" + Layers + ",'VolumePath':'~/data'}")]
    [InlineData("{'MappedDirectories':[{'HostPath':'~/data','ContainerPath':'/x'}]}")]
    [InlineData("{'MappedVirtualDisks':[{'HostPath':'~/disk.vhdx','ContainerPath':'/x'}]}")]
    [InlineData("{" + Layers + ",'HvPartition':true,'HvRuntime':{'ImagePath':'~/utility'}}")]
    [InlineData("{" + Layers + ",'HvPartition':true,'ContainerType':'Linux','HvRuntime':{'ImagePath':'~/data'}}")]
    [InlineData("{" + Layers + ",'HvPartition':true,'HvRuntime':{'ImagePath':'~/disk.vhdx','BootSource':'Vhd'}}")]
    [InlineData("{'HvPartition':true,'HvRuntime':{'ImagePath':'~/utility'},'Layers':[{'ID':'" + BaseId + "','Path':'/l/older'}]}")]
    [InlineData("{" + Version2 + ",'Container':{'Storage':{" + Layers2 + ",'Path':'~/data'}}}")]
    [InlineData("{" + Version2 + ",'HostingSystemId':'vm','HostedSystem':{'Container':{'Storage':{'Path':'/l/gone'}}}}")]
    [InlineData("{" + Version2 + ",'HostingSystemId':'vm','Container':{'Storage':{'Layers':[{'Id':'1','Path':'/l/gone'}]}}}")]
    [InlineData("{" + Version2 + ",'Container':{'Storage':{'Layers':[{'Id':'1','Path':'s1','PathType':'VirtualSmbShareName'}]}}}")]
    [InlineData("{" + Version2 + ",'VirtualMachine':{}}")]
    public void What_fits_has_no_problem(string document)
    {
        Assert.Empty(Problems(document));
        Assert.Equal(
            [true],
            Session.Get("Test-HcsConfiguration $c -OnHost -HcsHost $h", ("c", Json(document)), ("h", _host))
                .Select(valid => (bool)valid.BaseObject));
    }

    [Theory]
    [InlineData("{'Layers':[" + Top + ",{'ID':'1','Path':'/l/gone'}]}", "Layers[1].Path", "'/l/gone' is bad.")]
    [InlineData("{'Layers':[{'ID':'1','Path':'/l/plain'}]}", "Layers[0].Path", "'/l/plain' is bad.")]
    [InlineData("{'Layers':[{'ID':'1','Path':'/l/closed'}]}", "Layers[0].Path", "'/l/closed' is denied")]
    [InlineData("{'Layers':[{'ID':'1','Path':'/l/broken'}]}", "Layers[0].Path", "'/l/broken' is broken")]
    [InlineData("{'Layers':[{'ID':'" + BaseId + "','Path':'/l/raw'}]}", "Layers[0].Path", "not completed")]
    [InlineData("{'Layers':[" + Top + ",{'ID':'" + TopId + "','Path':'/l/base'}]}", "Layers[1].ID", BaseId)]
    [InlineData("{'Layers':[" + Top + ",{'Path':'/l/base'}]}", "Layers[1].ID", BaseId)]
    [InlineData("{'Layers':[" + Top + "]}", "Layers", "'/l/top': /l/base.")]
    [InlineData("{'Layers':[" + Base + "," + Top + "]}", "Layers", "'/l/top': /l/base.")]
    [InlineData("{'LayerFolderPath':'/l/other','VolumePath':'/v'," + Layers + "}", "Layers", "'/l/other': /l/base.")]
    [InlineData("{'LayerFolderPath':'/l/gone'," + Layers + "}", "LayerFolderPath", "'/l/gone' is bad.")]
    [InlineData("{'LayerFolderPath':'/l/top'," + Layers + "}", "LayerFolderPath", "read-only")]
    [InlineData("{'LayerFolderPath':'/l/unmounted','VolumePath':'/v'," + Layers + "}", "VolumePath", "not mounted")]
    [InlineData("{'LayerFolderPath':'/l/scratch','VolumePath':'/w'," + Layers + "}", "VolumePath", "mounted at '/v'")]
    [InlineData("{'VolumePath':'~/gone'," + Layers + "}", "VolumePath", "no volume")]
    [InlineData("{'Layers':[{'ID':'" + BaseId + "','Path':'/l/newer'}]}", "Layers[0].Path", "10.0.26100.1")]
    [InlineData("{'Layers':[{'ID':'" + BaseId + "','Path':'/l/older'}]}", "Layers[0].Path", "-HvPartition")]
    [InlineData("{" + Layers + ",'HvPartition':true}", "HvRuntime.ImagePath", "'/l/base' has one")]
    [InlineData("{" + Layers + ",'HvPartition':true,'HvRuntime':{'ImagePath':'~/gone'}}", "HvRuntime.ImagePath", "no folder")]
    [InlineData("{" + Layers + ",'HvPartition':true,'HvRuntime':{'ImagePath':'~/data'}}", "HvRuntime.ImagePath", "'Files'")]
    [InlineData("{" + Layers + ",'HvPartition':true,'HvRuntime':{'ImagePath':'~/data','BootSource':'Vhd'}}", "HvRuntime.ImagePath", "no file")]
    [InlineData("{'MappedDirectories':[{'HostPath':'~/data','ContainerPath':'/x'},{'HostPath':'~/gone','ContainerPath':'/y'}]}", "MappedDirectories[1].HostPath", "no folder")]
    [InlineData("{'MappedDirectories':[{'HostPath':'~/disk.vhdx','ContainerPath':'/x'}]}", "MappedDirectories[0].HostPath", "no folder")]
    [InlineData("{'MappedVirtualDisks':[{'HostPath':'~/data','ContainerPath':'/x'}]}", "MappedVirtualDisks[0].HostPath", "no file")]
    [InlineData("{" + Version2 + ",'Container':{'Storage':{'Layers':[{'Id':'1','Path':'/l/gone'}]}}}", "Container.Storage.Layers[0].Path", "'/l/gone' is bad.")]
    [InlineData("{" + Version2 + ",'Container':{'Storage':{'Layers':[{'Id':'" + TopId + "','Path':'/l/base'}]}}}", "Container.Storage.Layers[0].Id", BaseId)]
    [InlineData("{" + Version2 + ",'Container':{'Storage':{'Layers':[{'Id':'" + TopId + "','Path':'/l/top'}]}}}", "Container.Storage.Layers", "/l/base")]
    [InlineData("{" + Version2 + ",'Container':{'Storage':{" + Layers2 + ",'Path':'~/gone'}}}", "Container.Storage.Path", "no volume")]
    [InlineData("{" + Version2 + ",'Container':{'MappedDirectories':[{'HostPath':'~/gone','ContainerPath':'/x'}]}}", "Container.MappedDirectories[0].HostPath", "no folder")]
    public void What_does_not_fit_is_one_problem_of_its_member(string document, string member, string told)
    {
        PSObject problem = Assert.Single(Problems(document));
        Assert.Equal(("Error", member), ((string)problem.Properties["Severity"].Value, (string)problem.Properties["Path"].Value));
        Assert.Contains(told, (string)problem.Properties["Message"].Value, StringComparison.Ordinal);
        ScriptResult result = Session.Run(
            "Test-HcsConfiguration $c -OnHost -HcsHost $h", ("c", Json(document)), ("h", _host));
        Assert.False((bool)Assert.Single(result.Output).BaseObject);
        Assert.Contains(member, result.RequireError("HcsInvalidConfiguration", ErrorCategory.InvalidData).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_scratch_is_no_layer_below_another() => Assert.Contains(
        "Layers[0].Path: '/l/scratch' is a scratch; a layer is read-only.",
        Problems("{'Layers':[{'ID':'1','Path':'/l/scratch'}]}").Select(problem => problem.ToString()));

    [Fact]
    public void All_problems_are_told_at_once_beside_those_of_the_document() => Assert.Equal(
        ["ProcessorWeight", "LayerFolderPath", "Layers[0].Path", "MappedDirectories[0].HostPath"],
        Problems(
            "{'ProcessorWeight':20000,'LayerFolderPath':'/l/gone','Layers':[{'ID':'1','Path':'/l/plain'}],"
            + "'MappedDirectories':[{'HostPath':'~/gone','ContainerPath':'/x'}]}")
            .Select(problem => (string)problem.Properties["Path"].Value));

    [Fact]
    public void Without_it_nothing_is_looked_at()
    {
        int calls = 0;
        _layers.Problem = (_, _) => (++calls).ToString(CultureInfo.InvariantCulture);
        string document = Json("{'LayerFolderPath':'/l/gone','Layers':[{'ID':'1','Path':'/l/gone'}],"
            + "'MappedDirectories':[{'HostPath':'~/gone','ContainerPath':'/x'}]}");
        Assert.True((bool)Session.Single("Test-HcsConfiguration $c -HcsHost $h", ("c", document), ("h", _host)));
        Assert.Equal(0, calls);
    }

    [Theory]
    [InlineData("'nonsense'")]
    [InlineData("@{ Nmae = 'web' }")]
    [InlineData("'{}'")]
    public void What_is_no_document_has_only_its_own_problem(string configuration) => Assert.Single(Session.Get(
        $"Test-HcsConfiguration {configuration} -OnHost -Detailed -HcsHost $h", ("h", _host)));

    [Fact]
    public void A_host_without_layers_says_so_at_each()
    {
        PSObject problem = Assert.Single(Session.Get(
            "Test-HcsConfiguration $c -OnHost -Detailed -HcsHost $h",
            ("c", Json("{" + Layers.Replace("," + Base, string.Empty, StringComparison.Ordinal) + "}")),
            ("h", Session.HostName)));
        Assert.Equal("Layers[0].Path", problem.Properties["Path"].Value);
        Assert.Contains("0x80070032", (string)problem.Properties["Message"].Value, StringComparison.Ordinal);
    }
}
