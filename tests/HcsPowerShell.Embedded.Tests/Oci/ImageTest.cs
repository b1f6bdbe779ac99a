using System;
using System.Formats.Tar;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Text;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Linux.Oci.Images;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>Base class of tests with images, made without a network, and a store of their own.</summary>
[SupportedOSPlatform("linux")]
public abstract class ImageTest : MountTest
{
    private protected ImageTest()
    {
        Assert.SkipUnless(
            File.Exists("/usr/bin/skopeo") && File.Exists("/usr/bin/umoci"),
            "Needs the packages skopeo and umoci (and docker-registry).");
        Store = Path.Combine(Folder, "store");
        Images = new OciImages(Store);
    }

    private protected string Store { get; }

    internal OciImages Images { get; }

    private protected Task<ImageProperties> ImportAsync(string path, string? name = null) =>
        Images.ImportAsync(new ImageSource { Path = path, Name = name }, Patient);

    private protected static async Task<ImageException> ImageRefusedAsync(ImageProblem problem, Func<Task> call)
    {
        ImageException e = await Assert.ThrowsAsync<ImageException>(call);
        string words = $"{e.Message} {e.InnerException?.Message}";
        Assert.Equal((problem, words), (e.Problem, words));
        return e;
    }

    /// <summary>Nothing but whole images is in the store.</summary>
    private protected void AssertWhole() => Assert.Empty(
        Directory.Exists(Store)
            ? Directory.GetFileSystemEntries(Store).Select(path => Path.GetFileName(path)!)
                .Where(name => name.Length != 64 && name is not ("store.lock" or "names.json"))
            : []);

    /// <summary>Makes an OCI layout with one image of the given layers, oldest first.</summary>
    private protected string Layout(string name, params string[] layers)
    {
        string layout = Path.Combine(Folder, name);
        Run("umoci", "init", "--layout", layout);
        Add(layout, "latest", layers);
        return layout;
    }

    private protected static void Add(string layout, string tag, params string[] layers)
    {
        Run("umoci", "new", "--image", $"{layout}:{tag}");
        foreach (string layer in layers)
        {
            Run("umoci", "raw", "add-layer", "--image", $"{layout}:{tag}", layer);
        }

        Configure(layout, tag, "--config.cmd", "/bin/sh", "--config.env", "NAME=value", "--config.workingdir", "/etc");
    }

    private protected static void Configure(string layout, string tag, params string[] options) =>
        Run("umoci", ["config", "--image", $"{layout}:{tag}", .. options]);

    /// <summary>Makes a layer with a shell.</summary>
    private protected string BaseLayer() => Tar("base.tar", tar =>
    {
        tar.WriteEntry("/bin/busybox", "bin/busybox");
        foreach (string command in new[] { "sh", "cat", "ls", "dd", "sleep", "stat" })
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "bin/" + command) { LinkName = "busybox" });
        }

        tar.WriteEntry(Text("one", "one"));
        tar.WriteEntry(Text("two", "two"));
    });

    /// <summary>Makes a layer that deletes a file and makes another.</summary>
    private protected string TopLayer() => Tar("top.tar", tar =>
    {
        tar.WriteEntry(Text(".wh.one", string.Empty));
        tar.WriteEntry(Text("three", "three"));
    });

    private protected string Tar(string name, Action<TarWriter> write)
    {
        string path = Path.Combine(Folder, name);
        using FileStream file = File.Create(path);
        using TarWriter tar = new(file);
        write(tar);
        return path;
    }

    private protected static TarEntry Text(string name, string content) =>
        new PaxTarEntry(TarEntryType.RegularFile, name)
        {
            DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)),
            Mode = (UnixFileMode)0x1A4,
        };

    private protected static ContainerConfig Of(ImageProperties image) => new()
    {
        Layers = [.. image.Layers.Select(path => new Layer { Path = path })],
    };
}
