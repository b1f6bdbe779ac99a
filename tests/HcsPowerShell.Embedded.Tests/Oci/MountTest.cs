using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Oci.State;
using HcsPowerShell.Embedded.Linux.Oci.Storage;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>Base class of tests with scratches that are made and mounted.</summary>
public abstract class MountTest : OciTest
{
    private protected const ulong MiB = 1 << 20;

    private protected ILayerService Layers => Host.Layers;

    /// <summary>Makes a layer with a shell, on which a container can run.</summary>
    private protected string Base(string name = "base") =>
        BusyboxLayer(name, "sh", "cat", "ls", "rm", "stat", "chmod", "id", "cp", "su", "mknod", "dd", "sleep");

    private protected async Task<string> ScratchAsync(string name, ulong size, params string[] parents)
    {
        string scratch = Path.Combine(Folder, name);
        await Layers.CreateScratchAsync(scratch, parents, size, Patient);
        return scratch;
    }

    private protected Task<string> ScratchAsync(ulong size = 0) => ScratchAsync("scratch", size, Base());

    private protected async Task<string> MountAsync(string scratch) =>
        (await Layers.MountAsync(scratch, [], Patient)).VolumePath;

    private protected static async Task<LayerException> LayerRefusedAsync(LayerProblem problem, Func<Task> call)
    {
        LayerException e = await Assert.ThrowsAsync<LayerException>(call);
        Assert.Equal((problem, e.Message), (e.Problem, e.Message));
        return e;
    }

    /// <summary>The document of a container on a mounted scratch.</summary>
    private protected static ContainerConfig Of(MountedLayer mounted) => new()
    {
        LayerFolderPath = mounted.LayerFolderPath,
        VolumePath = mounted.VolumePath,
        Layers = [.. mounted.Layers],
    };

    /// <summary>The document of a container that lays a scratch over its layers itself.</summary>
    private protected static ContainerConfig Of(string scratch, params string[] layers) => new()
    {
        LayerFolderPath = scratch,
        Layers = [.. layers.Select(path => new Layer { Path = path })],
    };

    private protected string[] Mounted() =>
    [
        .. MountedScratch.All().Select(mounted => mounted.Folder)
            .Where(folder => folder.StartsWith(Folder, StringComparison.Ordinal)),
    ];

    /// <summary>True when no container, mount or removal holds the folder of a scratch.</summary>
    private protected static bool IsFree(string scratch)
    {
        using ScratchFolder folder = ScratchFolder.Open(scratch);
        using FileHold? hold = folder.TryTake();
        return hold is not null;
    }

    /// <summary>Removes everything in a folder of the root file system that is a mount of the test.</summary>
    private protected static AtEnd OnTmpfs(string folder, string options)
    {
        Run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder);
        return new AtEnd(() => Run("umount", "-l", folder));
    }
}
