using System.Collections.Generic;
using System.IO;
using System.Linq;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Storage;

/// <summary>Chooses the scratch that a document asks for.</summary>
/// <remarks>
/// <c>VolumePath</c>, a folder or an image, takes precedence over <c>LayerFolderPath</c>. Without either, the scratch
/// is deleted with the container. <c>StorageSandboxSize</c> makes it an image of that size, in the folder, or enlarges
/// a smaller image.
/// </remarks>
internal sealed class ScratchChoice
{
    private const string Function = "HcsCreateComputeSystem";
    private const string ImageName = "scratch.ext4";

    // Accessible to the owner only: a container can leave setuid programs and secrets there.
    private const uint ImageMode = 0x180;
    private const uint FolderMode = 0x1C0;

    private static readonly string[] s_own = ["upper", "work", "lost+found"];

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
    /// <param name="holds">Receives the lock that reserves the scratch for this container.</param>
    /// <exception cref="Interop.HcsException">
    /// A path does not exist, another container uses it, or its content cannot be used; the error names the member.
    /// </exception>
    public static Scratch Make(
        string id, ContainerConfig config, string bundle, PreparedMounts mounts, ICollection<FileHold> holds)
    {
        ScratchChoice choice = new(id, config, mounts, holds);
        try
        {
            return choice._kept is not { } kept ? choice.InFolder(bundle)
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

    private Scratch InFolder(string path)
    {
        using Folder folder = Folder.Open(path);
        if (_config.StorageSandboxSize > 0)
        {
            FileDescriptor image = folder.Open(ImageName, Libc.O_RDWR | Libc.O_CREAT | Libc.O_NONBLOCK, ImageMode)
                ?? throw new InvalidDataException($"'{ImageName}' of the scratch cannot be opened, or is a link.");
            return InImage(Path.Combine(path, ImageName), image);
        }

        if (_kept is not null)
        {
            _holds.Add(FileHold.Take(_id, Function, _member, path, folder.Descriptor.Duplicate(0)));
            Close(folder, path);
        }

        return Scratch.OfFolder(folder, BlockDevice.Of(path), _mounts);
    }

    // A new image is locked before its file system is created.
    private Scratch InImage(string path, FileDescriptor image)
    {
        _holds.Add(FileHold.Take(_id, Function, _member, path, image));
        ScratchImage.EnsureSize(_id, image, _config.StorageSandboxSize);
        string type = FileSystemType.Of(image)
            ?? throw new InvalidDataException($"'{path}' holds no file system Linux can write.");
        return Scratch.OfImage(image, path, type, _mounts);
    }

    private static void Close(Folder folder, string path)
    {
        FileStatus status = FileStatus.Of(folder.Descriptor);
        if (status.UserId != 0)
        {
            throw new InvalidDataException(
                $"'{path}' belongs to user {status.UserId}, and a container can leave programs there that run as root."
                + " Give it to root: chown root.");
        }

        if (status.IsClosed)
        {
            return;
        }

        // The document may name a folder of the machine by mistake.
        if (Directory.EnumerateDirectories(folder.Descriptor.Path).Any(name => !s_own.Contains(Path.GetFileName(name))))
        {
            throw new InvalidDataException(
                $"Others may enter '{path}', and a container can leave programs there that run as root."
                + " It holds more than a scratch, so close it yourself: chmod 700.");
        }

        if (Libc.fchmod(folder.Descriptor, FolderMode) != 0)
        {
            throw new IOException($"'{path}' cannot be closed to other users.");
        }
    }
}
