using System;
using System.IO;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>Tests two containers with the same scratch or image, to which two containers cannot write.</summary>
public sealed class SharingTests : OciTest
{
    private const ulong MiB = 1 << 20;

    [Theory]
    [InlineData(nameof(ContainerConfig.LayerFolderPath), 0)]
    [InlineData(nameof(ContainerConfig.LayerFolderPath), 8)]
    [InlineData(nameof(ContainerConfig.VolumePath), 0)]
    [InlineData(nameof(ContainerConfig.VolumePath), 8)]
    public async Task A_scratch_in_use_is_refused_by_name_until_its_container_has_gone(string member, uint size)
    {
        string folder = NewFolder("scratch");
        ContainerConfig config = new() { StorageSandboxSize = size * MiB };
        _ = member == nameof(config.VolumePath) ? config.VolumePath = folder : config.LayerFolderPath = folder;
        IContainer first = await StartAsync(config);
        await OutputAsync(first, "echo kept > /srv/file");
        string message = await RefusedAsync(() => CreateAsync(config), HResult.SharingViolation);
        Assert.StartsWith(member + ": '" + folder, message, StringComparison.Ordinal);
        Assert.Equal("kept", await OutputAsync(first, "cat /srv/file"));

        // It is refused to another host too, which is usually another process.
        using (OtherHost other = new())
        {
            await RefusedAsync(() => other.CreateAsync(config), HResult.SharingViolation);
        }

        await first.TerminateAsync(Patient);
        Assert.Equal("kept", await OutputAsync(await StartAsync(config), "cat /srv/file"));
    }

    [Fact]
    public async Task A_creation_that_fails_lets_go_of_its_scratch()
    {
        ContainerConfig config = new() { LayerFolderPath = NewFolder("scratch"), EndpointList = [] };
        config.MappedPipes = [new MappedPipe { HostPath = "/no/pipe", ContainerPipeName = "x" }];
        await RefusedAsync(() => CreateAsync(config), HResult.PathNotFound);
        config.MappedPipes = null;
        await CreateAsync(config);
    }

    [Fact]
    public async Task An_image_that_is_written_to_has_one_container_and_one_that_is_read_has_many()
    {
        string image = Path.Combine(Folder, "disk.ext4");
        await File.WriteAllBytesAsync(image, new byte[4 * MiB], Token);
        Run("mkfs.ext4", "-q", "-F", image);
        IContainer reader = await StartAsync(Disk(image, isReadOnly: true));
        await StartAsync(Disk(image, isReadOnly: true));
        string message = await RefusedAsync(
            () => CreateAsync(Disk(image, isReadOnly: false)), HResult.SharingViolation);
        Assert.StartsWith("MappedVirtualDisks[0].HostPath:", message, StringComparison.Ordinal);

        // The hold on the image does not keep other processes from reading it.
        Assert.Equal(4 * (long)MiB, (await File.ReadAllBytesAsync(image, Token)).LongLength);
        Assert.Equal("Running", (await reader.GetPropertiesAsync(new PropertyQuery(), Patient)).State);
    }

    [Fact]
    public async Task An_image_is_free_when_its_container_has_gone_and_the_machine_has_written_it()
    {
        string image = Path.Combine(Folder, "disk.ext4");
        await File.WriteAllBytesAsync(image, new byte[4 * MiB], Token);
        Run("mkfs.ext4", "-q", "-F", image);
        for (int i = 0; i < 5; i++)
        {
            IContainer container = await StartAsync(Disk(image, isReadOnly: false));
            await RefusedAsync(() => CreateAsync(Disk(image, isReadOnly: i % 2 == 0)), HResult.SharingViolation);
            Assert.Equal($"{i}", await OutputAsync(container, $"touch /disk/{i}; ls /disk | grep -c '^[0-9]$' | xargs expr -1 +"));
            await container.TerminateAsync(Patient);
        }
    }

    private static ContainerConfig Disk(string image, bool isReadOnly) => new()
    {
        MappedVirtualDisks = [new MappedVirtualDisk { HostPath = image, ContainerPath = "/disk", ReadOnly = isReadOnly }],
    };

    private sealed class OtherHost : IDisposable
    {
        private readonly EmbeddedComputeService _host = new(EmbeddedIsolation.Oci);

        public Task CreateAsync(ContainerConfig config) => _host.CreateContainerAsync(
            "other", HcsJson.Write(config), new SchemaVersion { Major = 1 }, Token);

        public void Dispose() => _host.Close();
    }
}
