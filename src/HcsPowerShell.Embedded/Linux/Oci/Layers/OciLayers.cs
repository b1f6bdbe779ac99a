using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Oci.State;
using HcsPowerShell.Embedded.Linux.Oci.Storage;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Layers;
using HcsPowerShell.Interop.Lifecycle;

namespace HcsPowerShell.Embedded.Linux.Oci.Layers;

/// <summary>
/// The layers of isolation Oci: any folder is a read-only layer; a scratch is what a container writes to.
/// </summary>
/// <remarks>
/// A mounted scratch is an overlay in the folder of the host, for this machine to see. The kernel is the only one who
/// remembers it. Mounting, dismounting, deleting and using a scratch exclude each other by the lock of its folder.
/// </remarks>
/// <param name="withHost">Does work with the folder of the host, which does not end meanwhile.</param>
/// <param name="findHost">Returns the folder of the host when there is one.</param>
internal sealed class OciLayers(OciLayers.HostUse withHost, Func<HostFolder?> findHost) : LayerServiceBase
{
    private const string CreateFunction = "CreateSandboxLayer";
    private const int GuidBytes = 16;

    private int _mounts;

    /// <summary>Does work with the folder of the host; the function is the one that errors show.</summary>
    public delegate Task<string> HostUse(string function, Func<HostFolder, string> work);

    private protected override Lifetime Lifetime { get; } = new();

    // The folder is the root of the container: what is in it came with an image.
    private protected override bool ReadOnlyLayersHaveChains => false;

    /// <summary>Ends the calls, because the host ends.</summary>
    public void End() => Lifetime.End(HResult.ServiceDisconnect);

    private protected override Task<LayerFacts?> DescribeAsync(string path)
    {
        bool isScratch = ScratchFolder.IsAt(path);
        return Task.FromResult(!Directory.EnumerateFileSystemEntries(path).Any() ? null : new LayerFacts
        {
            IsScratch = isScratch,
            VolumePath = isScratch ? MountedScratch.Of(FinalPath.Of(path))?.Volume : null,
        });
    }

    private protected override Task<Guid> GetIdAsync(string path)
    {
        using SHA256 sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(Encoding.UTF8.GetBytes(Path.GetFileName(path)));
        return Task.FromResult(new Guid([.. hash.Take(GuidBytes)]));
    }

    private protected override Task<IReadOnlyList<string>> FindMountedAsync(CancellationToken abandoned) => Task.Run(
        () => (IReadOnlyList<string>)[.. MountedScratch.All().Select(mounted => mounted.Folder)], abandoned);

    private protected override async Task<string?> FindOwnFolderAsync(bool isMade) => isMade
        ? await withHost(CreateFunction, host => host.Path).ConfigureAwait(false)
        : findHost()?.Path;

    private protected override Task MakeScratchAsync(string path, IReadOnlyList<Layer> parents, ulong size) =>
        Task.Run(() => Make(path, size));

    private protected override Task<string> AttachAsync(
        string path, IReadOnlyList<Layer> parents, CancellationToken abandoned) =>
        withHost(ComputeOperation.MountLayer.Function(), host =>
        {
            abandoned.ThrowIfCancellationRequested();
            return Mount(path, parents, host.Mounts);
        });

    private protected override Task DetachAsync(string path) => Task.Run(() => Dismount(path));

    private protected override Task DeleteAsync(string path) => Task.Run(() => Delete(FinalPath.Of(path)));

    private protected override Task CompleteAsync(string path) => throw Refusal.NotSupported(
        null, ComputeOperation.InitializeLayer.Function(), $"'{path}': layers on Linux need no completion.");

    private protected override string FinalPathOf(string path) => FinalPath.Of(path);

    private protected override Exception? Name(string function, Exception cause) => cause switch
    {
        IOException when cause.HResult == Errno.EROFS => Refusal.Refused(
            function, HResult.AccessDenied, $"The file system is read-only: {cause.Message}", cause),
        IOException when cause.HResult == Errno.ENOENT => Refusal.Refused(
            function, HResult.PathNotFound, cause.Message, cause),
        IOException or UnauthorizedAccessException => Refusal.OfHost(null, function, null, cause),
        _ => null,
    };

    private static void Make(string path, ulong size)
    {
        string final = FinalPath.Of(path);
        if (LayerPath.IsIn(final, HostFolder.FinalRoot) && !HostFolder.IsScratch(final))
        {
            throw new LayerException(
                LayerProblem.Foreign, path, $"'{path}' would be in the folder of an embedded host, and end with it.");
        }

        bool isNew = Libc.mkdir(CString.From(path), HostFolder.PrivateMode) == 0;
        if (!isNew && Marshal.GetLastWin32Error() is var errno and not Errno.EEXIST)
        {
            throw new KernelException($"'{path}' cannot be made", errno);
        }

        try
        {
            using ScratchFolder scratch = ScratchFolder.Open(path);
            using FileHold hold = Take(scratch);
            scratch.CloseToOthers();
            if (size > 0)
            {
                using FileDescriptor image = scratch.OpenImage(isMade: true)!;
                ScratchImage.EnsureSize(null, CreateFunction, "Size", image, size);
            }
            else
            {
                Scratch.Make(scratch.Folder);
            }
        }
        catch (Exception e)
        {
            // What mkfs says is no error number.
            MachineLimit? limit = e is HcsException refusal && refusal.Is(HResult.Unspecified)
                ? MachineLimit.Reached(path)
                : null;
            Unmake(path, isNew);
            if (limit is not null)
            {
                throw Refusal.Refused(CreateFunction, limit.HResult, limit.Message, e);
            }

            if (e is InvalidDataException)
            {
                throw NotALayer(path, e);
            }

            throw;
        }
    }

    private static void Unmake(string path, bool isNew)
    {
        File.Delete(Path.Combine(path, ScratchFolder.ImageName));
        foreach (string name in new[] { Scratch.UpperName, Scratch.WorkName }.Where(
            name => Directory.Exists(Path.Combine(path, name))))
        {
            Directory.Delete(Path.Combine(path, name));
        }

        if (isNew)
        {
            Directory.Delete(path);
        }
    }

    private string Mount(string path, IReadOnlyList<Layer> parents, string mounts)
    {
        if (parents.Count > PreparedMounts.MostLayers)
        {
            throw Refusal.InvalidArgument(
                null,
                ComputeOperation.MountLayer.Function(),
                $"'{path}' has {parents.Count} parents; isolation Oci stacks {PreparedMounts.MostLayers} at most.");
        }

        try
        {
            using ScratchFolder scratch = ScratchFolder.Open(path);
            using FileHold hold = Take(scratch);
            if (MountedScratch.Of(scratch.FinalPath) is { } mounted)
            {
                throw new LayerException(
                    LayerProblem.InUse, path, $"'{path}' is mounted already, at '{mounted.Volume}'.");
            }

            scratch.RequireWritable();
            scratch.CloseToOthers();
            string volume = MountPoint.Make(mounts, Interlocked.Increment(ref _mounts), scratch.FinalPath);
            try
            {
                Mount(scratch, parents, volume);
                return volume;
            }
            catch
            {
                MountPoint.Remove(volume, isForced: true);
                throw;
            }
        }
        catch (InvalidDataException e)
        {
            throw NotALayer(path, e);
        }
    }

    private static void Mount(ScratchFolder scratch, IReadOnlyList<Layer> parents, string volume)
    {
        using PreparedMounts mounts = new();
        FileHold? image = scratch.OpenImage(isMade: false) is { } file ? TakeImage(scratch.Path, file) : null;

        // Once there is the mount, its scratch shows which layers are below it.
        List<FileHold> layers = [];
        try
        {
            using Scratch files = image is null
                ? Scratch.OfFolder(scratch.Folder, device: null, mounts)
                : Scratch.OfImage(
                    image.Descriptor,
                    Path.Combine(scratch.Path, ScratchFolder.ImageName),
                    FileSystemType.Of(image.Descriptor) ?? throw new InvalidDataException(
                        $"'{ScratchFolder.ImageName}' of '{scratch.Path}' holds no file system Linux can write."),
                    mounts);
            FileDescriptor[] lower = [.. parents.Select(parent => Add(mounts, parent.Path!, layers))];
            using FileDescriptor overlay = mounts.MakeOverlay(
                volume, scratch.FinalPath, lower, files.Upper, files.Work!);
            if (Libc.move_mount(overlay, CString.From(volume)) != 0)
            {
                throw new KernelException($"'{scratch.Path}' cannot be mounted", Marshal.GetLastWin32Error());
            }
        }
        catch
        {
            image?.Dispose();
            throw;
        }
        finally
        {
            layers.ForEach(hold => hold.Dispose());
        }

        // The loop device keeps the lock of the image as long as any process has the file system in it, perhaps longer
        // than there is the mount.
        image?.Leave();
    }

    private static FileDescriptor Add(PreparedMounts mounts, string parent, List<FileHold> layers)
    {
        using Folder folder = Folder.Open(parent);
        layers.Add(LayerHold.Take(folder, parent));
        return mounts.Add(folder.Descriptor);
    }

    private static void Dismount(string path)
    {
        string final = FinalPath.Of(path);
        if (MountedScratch.Of(final) is null)
        {
            return;
        }

        using ScratchFolder scratch = ScratchFolder.Open(path);
        using FileHold hold = Take(scratch);
        foreach (MountedScratch mounted in MountedScratch.All().Where(mounted => mounted.Folder == final))
        {
            try
            {
                MountPoint.Remove(mounted.Volume, isForced: false);
            }
            catch (KernelException e) when (e.HResult == Errno.EBUSY)
            {
                throw new LayerException(
                    LayerProblem.InUse, path, $"A program uses files or folders of '{path}' in '{mounted.Volume}'.", e);
            }
        }
    }

    private static void Delete(string path)
    {
        if (LayerHold.FolderOf(path) is { } owner)
        {
            throw new LayerException(
                LayerProblem.Foreign, path, $"'{path}' belongs to the image '{owner}', and is removed with it.");
        }

        using ScratchFolder layer = ScratchFolder.Open(path);
        layer.RequireWritable();
        using FileHold hold = Take(layer);
        using FileHold? image = TakeImage(layer);
        if (MountEntry.All().FirstOrDefault(mount => LayerPath.IsIn(mount.Path, path)) is { } inside)
        {
            throw new LayerException(
                LayerProblem.InUse, path, $"'{inside.Path}' is a mount, and the removal would go through it.");
        }

        FolderRemovals removals = new();
        removals.Begin(path);
        removals.Finish();
    }

    private static FileHold? TakeImage(ScratchFolder layer)
    {
        try
        {
            return layer.OpenImage(isMade: false) is { } image ? TakeImage(layer.Path, image) : null;
        }
        catch (InvalidDataException)
        {
            // What is to be deleted may hold anything under that name.
            return null;
        }
    }

    private static FileHold Take(ScratchFolder folder) => folder.TryTake() ?? throw InUse(folder.Path);

    private static FileHold TakeImage(string path, FileDescriptor image) =>
        FileHold.TryTake(path, image) ?? throw InUse(path);

    private static LayerException InUse(string path) =>
        new(LayerProblem.InUse, path, $"A container, or another call, uses '{path}'.");

    private static LayerException NotALayer(string path, Exception cause) =>
        new(LayerProblem.NotALayer, path, cause.Message, cause);
}
