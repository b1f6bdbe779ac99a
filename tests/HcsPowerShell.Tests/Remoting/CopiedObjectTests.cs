using System.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Remoting;

/// <summary>
/// Tests what counts as an object of a class: one that was received or saved, and one that Select-Object copied, as long as
/// it tells its host.
/// </summary>
public sealed class CopiedObjectTests(Session session) : SessionTests(session)
{
    private const string Make = """
        $copy = [pscustomobject]@{
            Id = '00000000-0000-0000-0000-000000000001'; Name = 'thing'; Path = '/thing'; LayerFolderPath = '/thing'; VolumePath = '/thing'
            ContainerId = 'thing'; ProcessId = 7; Digest = 'sha256:0'; Layers = @('/thing'); Timestamp = [DateTimeOffset]::Now
        }
        $copy.PSObject.TypeNames.Insert(0, $type)
        """;

    private const string Home = "$own = Get-HcsHost; $copy | Add-Member HcsHost $own.Name; $copy | Add-Member HostInstance $own.HostInstance;";

    private static readonly string[] s_prefixes = ["Deserialized.", "Selected.", "Selected.Deserialized."];

    private static readonly string[] s_targets =
        ["HcsContainer", "HcsLayer", "HcsMountedLayer", "HcsImage", "HcsNetwork", "HcsEndpoint"];

    public static TheoryData<string, string> Copies =>
        [.. s_targets.SelectMany(target => s_prefixes.Select(prefix => new TheoryDataRow<string, string>(target, prefix)))];

    [Theory]
    [MemberData(nameof(Copies))]
    public void It_stands_for_the_object(string target, string prefix) =>
        Assert.Equal(target + " " + Session.HostName, Converted(target, prefix + "HcsPowerShell." + target, Home));

    [Theory]
    [MemberData(nameof(Copies))]
    public void It_stands_for_no_object_of_another_class(string target, string prefix) =>
        Assert.Equal("none", Converted(target, prefix + "HcsPowerShell.HcsEvent", Home));

    [Fact]
    public void A_copy_that_tells_no_host_stands_for_nothing() => Assert.All(
        s_targets, target => Assert.Equal("none", Converted(target, "Selected.HcsPowerShell." + target, string.Empty)));

    [Theory]
    [InlineData("Deserialized.HcsPowerShell.HcsImage")]
    [InlineData("Selected.HcsPowerShell.HcsImage")]
    public void An_image_stands_for_its_layers(string type) => Assert.Equal("/thing", Session.Single(
        Make + "\n" + Home + "[HcsPowerShell.Completion.LayerPathTransformationAttribute]::new().Transform($ExecutionContext, $copy)",
        ("type", type)));

    [Fact]
    public void What_Select_Object_has_copied_is_acted_on_and_reported()
    {
        using TemporaryFolder folder = new();
        Assert.Equal("Paused True", Session.Single(
            """
            Get-HcsContainer $id | Select-Object * | Suspend-HcsContainer
            Get-HcsStatistics $id | Select-Object * | Export-HcsReport $file
            "$((Get-HcsContainer $id).State) $((Get-Content -Raw $file) -match $id)"
            """,
            ("id", (string)Session.NewRunning().Id),
            ("file", System.IO.Path.Combine(folder.Path, "page.html"))));
    }

    private string Converted(string target, string type, string home) => (string)Session.Single(
        Make + "\n" + home + """
            $found = [HcsPowerShell.Completion.TargetTransformationAttribute]::new("HcsPowerShell.$target").Transform($ExecutionContext, $copy)
            if ($found -is "HcsPowerShell.$target") { "$target $($found.HcsHost)" } else { 'none' }
            """,
        ("type", type),
        ("target", target));
}
