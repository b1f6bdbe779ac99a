using System;
using System.Formats.Tar;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>Tests what an image cannot do to the machine, and who keeps an image from being removed.</summary>
[SupportedOSPlatform("linux")]
public sealed class ImageTrustTests : ImageTest
{
    [Fact]
    public async Task An_import_makes_reads_and_changes_nothing_outside_the_image()
    {
        string outside = NewFolder("outside");
        string secret = Path.Combine(outside, "secret");
        File.WriteAllText(secret, "secret");
        Directory.CreateDirectory(Path.Combine(outside, "kept"));
        string[] hostile =
        [
            Tar("parent.tar", tar => tar.WriteEntry(Text("../../../../../../../../.." + outside + "/by-parent", "x"))),
            Tar("absolute.tar", tar => tar.WriteEntry(Text(outside + "/by-name", "x"))),
            Tar("link.tar", tar =>
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "out") { LinkName = outside });
                tar.WriteEntry(Text("out/by-link", "x"));
                tar.WriteEntry(Text("out/secret", "changed"));
            }),
            Tar("whiteout.tar", tar =>
            {
                tar.WriteEntry(Text("out/.wh.kept", string.Empty));
                tar.WriteEntry(Text("out/.wh..wh..opq", string.Empty));
                tar.WriteEntry(Text("../../../../../../../../.." + outside + "/.wh.kept", string.Empty));
            }),
            Tar("up.tar", tar =>
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "up") { LinkName = "../../../.." });
                tar.WriteEntry(Text("up/names.json", "{}"));
            }),
        ];
        foreach (string layer in hostile)
        {
            // Either is well: a refusal, or a name that is kept below the folder of the image.
            string source = Layout(Path.GetFileNameWithoutExtension(layer), BaseLayer(), layer);
            ImageProperties image = await ImportAsync(source, layer);
            Assert.Single(image.Layers);
        }

        foreach (string target in new[] { secret, "../../../../../../../.." + secret })
        {
            string linked = Layout(
                "linked" + target.Length,
                BaseLayer(),
                Tar("hard.tar", tar => tar.WriteEntry(
                    new PaxTarEntry(TarEntryType.HardLink, "hard") { LinkName = target })));
            await Assert.ThrowsAsync<ImageException>(() => ImportAsync(linked));
        }

        Assert.Equal(
            ["kept", "secret"],
            Directory.GetFileSystemEntries(outside).Select(path => Path.GetFileName(path)).Order());
        Assert.Equal("secret", File.ReadAllText(secret));
        Assert.Equal(hostile.Length, (await Images.GetImagesAsync(Patient)).Count);
        AssertWhole();
        Assert.Equal(0x1C0, (int)File.GetUnixFileMode(Store));
    }

    [Fact]
    public async Task A_device_of_an_image_cannot_be_used_in_a_container()
    {
        string devices = Tar("devices.tar", tar =>
        {
            foreach ((string name, int minor) in new[] { ("mem", 1), ("kmsg", 11) })
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.CharacterDevice, name)
                {
                    DeviceMajor = 1,
                    DeviceMinor = minor,
                    Mode = (UnixFileMode)0x1B6,
                });
            }

            tar.WriteEntry(new PaxTarEntry(TarEntryType.BlockDevice, "loop")
            {
                DeviceMajor = 7,
                DeviceMinor = 0,
                Mode = (UnixFileMode)0x1B6,
            });
        });
        ImageProperties image = await ImportAsync(Layout("source", BaseLayer(), devices));
        IContainer container = await StartAsync(Of(image));
        Assert.Equal("yes", await OutputAsync(container, "[ -c /mem ] && [ -c /kmsg ] && [ -b /loop ] && echo yes"));
        foreach (string device in new[] { "/mem", "/kmsg", "/loop" })
        {
            (string output, uint code) = await ShellAsync(container, $"dd if={device} of=/dev/null bs=1 count=1 2>&1");
            Assert.Equal(1u, code);
            Assert.Matches("Operation not permitted|Permission denied", output);
        }
    }

    [Fact]
    public async Task An_image_is_not_removed_while_a_container_uses_it()
    {
        ImageProperties image = await ImportAsync(Layout("source", BaseLayer()));
        IContainer first = await StartAsync(Of(image));
        IContainer second = await StartAsync(Of(image));
        string layer = Path.Combine(Folder, "by another name");
        File.CreateSymbolicLink(layer, image.Layers[0]);
        IContainer third = await StartAsync(new ContainerConfig { Layers = [new Layer { Path = layer }] });
        string locked = Path.Combine(Path.GetDirectoryName(image.Layers[0])!, "lock");
        Assert.True(Holders(locked) > 1, "The keepers hold the image too.");
        foreach (IContainer container in new[] { first, second, third })
        {
            ImageException e = await ImageRefusedAsync(ImageProblem.InUse, () => Images.RemoveAsync(image, Patient));
            Assert.Contains("container", e.Message, StringComparison.Ordinal);
            Assert.Equal("one", await OutputAsync(container, "cat /one"));
            await container.TerminateAsync(Patient);
            await container.Exited.Within();
        }

        await Eventually(() => Holders(locked) == 0, "the containers let go");
        await Images.RemoveAsync(image, Patient);
        Assert.Empty(await Images.GetImagesAsync(Patient));
    }

    [Fact]
    public async Task An_image_is_not_removed_below_a_mount()
    {
        ImageProperties image = await ImportAsync(Layout("source", BaseLayer()));
        string scratch = await ScratchAsync("scratch", 0, image.Layers[0]);
        MountedLayer mounted = await Layers.MountAsync(scratch, [], Patient);
        ImageException e = await ImageRefusedAsync(ImageProblem.InUse, () => Images.RemoveAsync(image, Patient));
        Assert.Contains(scratch, e.Message, StringComparison.Ordinal);
        IContainer container = await StartAsync(Of(mounted));
        string locked = Path.Combine(Path.GetDirectoryName(image.Layers[0])!, "lock");
        Assert.True(Holders(locked) > 0, "A container on a mount holds the image below it.");
        await container.TerminateAsync(Patient);
        await container.Exited.Within();
        await Eventually(() => IsFree(scratch), "the container lets go");
        await Layers.DismountAsync(scratch, Patient);
        await LayerRefusedAsync(LayerProblem.Foreign, () => Layers.RemoveAsync(image.Layers[0], Patient));
        await LayerRefusedAsync(
            LayerProblem.Foreign, () => Layers.RemoveAsync(Path.Combine(image.Layers[0], "bin"), Patient));
        await Images.RemoveAsync(image, Patient);
        LayerException gone = await LayerRefusedAsync(
            LayerProblem.ParentMissing, () => Layers.MountAsync(scratch, [], Patient));
        Assert.Equal(image.Layers[0], gone.Path);
    }

    /// <summary>The number of processes that have a file open.</summary>
    private static int Holders(string path) => Directory.GetDirectories("/proc")
        .Where(process => Path.GetFileName(process).All(char.IsAsciiDigit))
        .Count(process =>
        {
            try
            {
                return Directory.GetFiles(Path.Combine(process, "fd"))
                    .Any(file => new FileInfo(file).LinkTarget == path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        });
}
