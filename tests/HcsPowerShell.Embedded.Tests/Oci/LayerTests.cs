using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

public sealed class LayerTests : OciTest
{
    [Fact]
    public async Task Layers_are_stacked_newest_first_and_the_scratch_takes_what_is_written()
    {
        string old = BusyboxLayer("old: base", "sh", "cat", "rm");
        string fresh = NewFolder("fresh, top");
        File.WriteAllText(Path.Combine(old, "both"), "old");
        File.WriteAllText(Path.Combine(old, "only"), "base");
        File.WriteAllText(Path.Combine(old, "gone"), "soon");
        File.WriteAllText(Path.Combine(fresh, "both"), "fresh");
        IContainer container = await StartAsync(Of(fresh, old));
        Assert.Equal(
            "fresh base new",
            await OutputAsync(
                container,
                "echo -n new > /both.new; rm /gone; echo -n $(cat /both) $(cat /only) $(cat /both.new)"));
        Assert.Equal("no", await OutputAsync(container, "[ -e /gone ] || echo no"));
        Assert.Equal(["bin", "both", "gone", "only"], Names(old));
        Assert.Equal(["both"], Names(fresh));
    }

    [Fact]
    public async Task A_container_sees_nothing_of_the_host_but_its_layers()
    {
        IContainer container = await StartAsync(Of(BusyboxLayer("layer", "sh", "ls")));
        Assert.Equal("bin dev proc sys", await OutputAsync(container, "echo $(ls /)"));
        Assert.Equal("", await OutputAsync(container, "ls /usr /etc /var 2>/dev/null"));
    }

    [Fact]
    public async Task An_empty_layer_is_enough_for_a_container_to_live()
    {
        IContainer container = await StartAsync(Of(NewFolder("empty")));
        Assert.Equal("Running", (await container.GetPropertiesAsync(new PropertyQuery(), Patient)).State);
        await container.PauseAsync(Patient);
        await container.ResumeAsync(Patient);
        Assert.Empty(await ProcessesAsync(container));
        await container.ShutdownAsync(Patient);
        Assert.Equal("GracefulExit", (await container.Exited.Within()).ExitType);
    }

    [Fact]
    public async Task LayerFolderPath_keeps_what_was_written_for_the_next_container()
    {
        ContainerConfig config = Of(BusyboxLayer("layer", "sh", "cat"));
        config.LayerFolderPath = NewFolder("scratch, kept");
        IContainer first = await StartAsync(config);
        await OutputAsync(first, "echo kept > /file");
        await first.TerminateAsync(Patient);
        Assert.Equal("kept\n", File.ReadAllText(Path.Combine(config.LayerFolderPath, "upper", "file")));
        Assert.True(Directory.Exists(Path.Combine(config.LayerFolderPath, "work")));
        Assert.Equal("kept", await OutputAsync(await StartAsync(config), "cat /file"));
    }

    [Fact]
    public async Task VolumePath_goes_before_LayerFolderPath()
    {
        ContainerConfig config = Of(BusyboxLayer("layer", "sh"));
        config.LayerFolderPath = NewFolder("layer folder");
        config.VolumePath = NewFolder("volume");
        await OutputAsync(await StartAsync(config), "echo x > /file");
        Assert.True(File.Exists(Path.Combine(config.VolumePath, "upper", "file")));
        Assert.Empty(Names(config.LayerFolderPath));
    }

    [Fact]
    public async Task Without_layers_the_base_is_the_host_read_only_and_the_rest_is_its_own()
    {
        IContainer container = await StartAsync();
        Assert.Equal(
            await File.ReadAllTextAsync("/etc/os-release", Token),
            await OutputAsync(container, "cat /etc/os-release") + "\n");
        Assert.Equal("no no", await OutputAsync(
            container, "echo $(touch /usr/x 2>/dev/null || echo no) $(touch /etc/x 2>/dev/null || echo no)"));
        Assert.Equal("root 1777", await OutputAsync(container, "touch /root/x /tmp/y /z; echo root $(stat -c %a /tmp)"));
        Assert.False(File.Exists("/z"));
        Assert.Equal("", await OutputAsync(container, $"ls -d '{Folder}' 2>/dev/null"));
    }

    [Fact]
    public async Task The_base_of_the_host_works_with_a_scratch_that_is_kept()
    {
        ContainerConfig config = new() { LayerFolderPath = NewFolder("scratch") };
        IContainer first = await StartAsync(config);
        await OutputAsync(first, "echo kept > /srv/file");
        await first.TerminateAsync(Patient);
        Assert.Equal("kept", await OutputAsync(await StartAsync(config), "cat /srv/file"));
    }

    [Theory]
    [InlineData("Layers[0].Path")]
    [InlineData("LayerFolderPath")]
    [InlineData("VolumePath")]
    public async Task What_is_missing_is_named(string member)
    {
        string missing = Path.Combine(Folder, "missing");
        ContainerConfig config = member switch
        {
            "LayerFolderPath" => new ContainerConfig { LayerFolderPath = missing },
            "VolumePath" => new ContainerConfig { VolumePath = missing },
            _ => Of(missing),
        };
        string message = await RefusedAsync(() => CreateAsync(config), HResult.PathNotFound);
        Assert.Equal($"{member}: '{missing}' does not exist.", message);
    }

    private static string[] Names(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order()];

    private static ContainerConfig Of(params string[] layers) => new()
    {
        Layers = [.. layers.Select(path => new Layer { ID = "x", Path = path })],
    };
}
