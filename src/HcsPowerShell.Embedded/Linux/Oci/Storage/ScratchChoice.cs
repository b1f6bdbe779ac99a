using System;
using System.Collections.Generic;
using System.IO;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Oci.State;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Layers;

namespace HcsPowerShell.Embedded.Linux.Oci.Storage;

/// <summary>Chooses the scratch that a document asks for.</summary>
/// <remarks>
/// <c>VolumePath</c>, a folder, an image or a mounted scratch, takes precedence over <c>LayerFolderPath</c>. Without
/// either, the scratch is deleted with the container. <c>StorageSandboxSize</c> makes it an image of that size, in the
/// folder, or enlarges a smaller image. A folder with an image is that image.
/// </remarks>
internal sealed class ScratchChoice
{
    private const string Function = "HcsCreateComputeSystem";

    private readonly string _id;
    private readonly ContainerConfig _config;
    private readonly string _member;
    private readonly string? _kept;
    private readonly PreparedMounts _mounts;
    private readonly ICollection<FileHold> _holds;

    private ScratchChoice(string id, ContainerConfig config, PreparedMounts mounts, ICollection<FileHold> holds)
    {
        _id = id;
        _config = config;
        _mounts = mounts;
        _holds = holds;
        bool isVolume = !string.IsNullOrEmpty(config.VolumePath);
        _kept = isVolume ? config.VolumePath
            : string.IsNullOrEmpty(config.LayerFolderPath) ? null
            : config.LayerFolderPath;
        _member = isVolume ? nameof(config.VolumePath)
            : _kept is not null ? nameof(config.LayerFolderPath)
            : nameof(config.StorageSandboxSize);
    }

    /// <param name="id">Id of the container.</param>
    /// <param name="config">Its document.</param>
    /// <param name="bundle">Folder that is deleted with the container.</param>
    /// <param name="mounts">Receives the mount of the scratch.</param>
    /// <param name="holds">
    /// Receives the lock that reserves the scratch for this container, and those of the images below a mounted one.
    /// </param>
    /// <exception cref="Interop.HcsException">
    /// A path does not exist, another container uses it, or its content cannot be used; the error names the member.
    /// </exception>
    public static Scratch Make(
        string id, ContainerConfig config, string bundle, PreparedMounts mounts, ICollection<FileHold> holds)
    {
        ScratchChoice choice = new(id, config, mounts, holds);
        try
        {
            return choice._kept is not { } kept ? choice.InBundle(bundle)
                : Directory.Exists(kept) ? choice.InFolder(kept)
                : File.Exists(kept) ? choice.InImage(kept, FileHold.Open(kept))
                : throw Refusal.PathNotFound(id, Function, choice._member, kept);
        }
        catch (InvalidDataException e)
        {
            throw Refusal.InvalidArgument(id, Function, $"{choice._member}: {e.Message}");
        }
        catch (IOException e)
        {
            throw Refusal.OfHost(id, Function, choice._member, e);
        }
    }

    // The bundle is a new folder that nobody else knows.
    private Scratch InBundle(string bundle)
    {
        using ScratchFolder folder = ScratchFolder.Open(bundle);
        return _config.StorageSandboxSize > 0
            ? InImage(Path.Combine(bundle, ScratchFolder.ImageName), folder.OpenImage(isMade: true)!)
            : Scratch.OfFolder(folder.Folder, BlockDevice.Of(bundle), _mounts);
    }

    private Scratch InFolder(string path)
    {
        string final = FinalPath.Of(path);
        if (LayerPath.IsIn(final, HostFolder.FinalRoot) && !HostFolder.IsScratch(final))
        {
            return InVolume(path, final);
        }

        using ScratchFolder folder = ScratchFolder.Open(path);
        _holds.Add(folder.TryTake() ?? throw Refusal.SharingViolation(_id, Function, _member, path));
        if (MountedScratch.Of(folder.FinalPath) is { } mounted)
        {
            throw Refusal.Mounted(_id, Function, _member, path, mounted.Volume);
        }

        if (folder.OpenImage(isMade: _config.StorageSandboxSize > 0) is { } image)
        {
            return InImage(Path.Combine(path, ScratchFolder.ImageName), image);
        }

        folder.CloseToOthers();
        return Scratch.OfFolder(folder.Folder, BlockDevice.Of(path), _mounts);
    }

    private Scratch InVolume(string path, string final)
    {
        if (_member != nameof(_config.VolumePath) || MountedScratch.At(final) is not { } mounted)
        {
            throw new InvalidDataException($"'{path}' belongs to an embedded host, and no scratch is mounted there.");
        }

        if (_config.StorageSandboxSize > 0)
        {
            throw Refusal.InvalidArgument(
                _id, Function, $"{nameof(_config.StorageSandboxSize)}: '{path}' is mounted with the size it has.");
        }

        using ScratchFolder scratch = ScratchFolder.Open(mounted.Folder);
        _holds.Add(scratch.TryTake() ?? throw Refusal.SharingViolation(_id, Function, _member, path));
        using Folder volume = Folder.Open(final);

        // It may have been dismounted before it was locked, and the host that mounted it may end at any time.
        if (!mounted.Has(volume.Descriptor))
        {
            throw Refusal.PathNotFound(_id, Function, _member, path);
        }

        HoldLayers(mounted.Folder);
        string image = Path.Combine(mounted.Folder, ScratchFolder.ImageName);
        return Scratch.OfVolume(volume, BlockDevice.OfImage(image) ?? BlockDevice.Of(mounted.Folder), _mounts);
    }

    // The container may outlive the mount, when the host ends that mounted it.
    private void HoldLayers(string scratch)
    {
        try
        {
            foreach (string parent in LayerChain.Read(scratch))
            {
                using Folder layer = Folder.Open(parent);
                _holds.Add(LayerHold.Take(layer, parent));
            }
        }
        catch (Exception e) when (e is LayerException or IOException)
        {
            // The mount has its layers, whatever became of their paths; those of an image cannot have gone.
        }
    }

    // A new image is locked before its file system is created.
    private Scratch InImage(string path, FileDescriptor image)
    {
        _holds.Add(FileHold.Take(_id, Function, _member, path, image));
        ScratchImage.EnsureSize(_id, Function, nameof(_config.StorageSandboxSize), image, _config.StorageSandboxSize);
        string type = FileSystemType.Of(image)
            ?? throw new InvalidDataException($"'{path}' holds no file system Linux can write.");
        return Scratch.OfImage(image, path, type, _mounts);
    }
}
