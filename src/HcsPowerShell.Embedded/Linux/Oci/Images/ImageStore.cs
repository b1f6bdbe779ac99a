using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Oci.State;
using HcsPowerShell.Embedded.Linux.Oci.Storage;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Images;
using HcsPowerShell.Interop.Layers;

namespace HcsPowerShell.Embedded.Linux.Oci.Images;

/// <summary>The folder with the images of this machine, which outlives every host.</summary>
/// <remarks>
/// <c>HEX</c> is an image by its digest: <c>rootfs</c>, <c>config.json</c> and <c>lock</c>, which containers hold.
/// <c>work-*</c> is an import or a removal, locked as long as it is one; what is not locked is a leftover. The file
/// <c>store.lock</c> is held for moments, whenever a folder gets or loses its name; <c>HEX.lock</c> while an image is
/// unpacked.
/// </remarks>
/// <param name="root">Path of the folder.</param>
internal sealed class ImageStore(string root)
{
    private const string WorkPrefix = "work-";
    private const string ConfigurationName = "config.json";
    private const string ImageLockExtension = ".lock";
    private const uint LockMode = 0x180;

    public string Root => root;

    private string LockPath => Path.Combine(root, "store.lock");

    /// <summary>Reads the images, each once for every name it has.</summary>
    public IReadOnlyList<ImageProperties> Read(CancellationToken abandoned)
    {
        if (!Directory.Exists(root))
        {
            return [];
        }

        ILookup<string, string> names = ImageNames.Read(root).ToLookup(name => name.Value, name => name.Key);
        List<ImageProperties> images = [];
        foreach (string hex in Directory.EnumerateDirectories(root)
            .Select(folder => Path.GetFileName(folder)).Where(ImageDigest.IsHex))
        {
            abandoned.ThrowIfCancellationRequested();
            if (Describe(hex) is { } image)
            {
                images.AddRange(names[image.Digest].DefaultIfEmpty(null!).Select(name => image with { Name = name }));
            }
        }

        return images;
    }

    /// <summary>Begins an import, after the leftovers of those whose processes were killed have been removed.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    public async Task<ImageWork> BeginAsync(CancellationToken abandoned)
    {
        if (LayerPath.IsIn(root, HostFolder.Root))
        {
            HostFolder.MakePrivate(HostFolder.Root);
        }

        HostFolder.MakePrivate(root);
        List<ImageWork> left = [];
        ImageWork work;
        using (await MachineLock.TakeFileAsync(LockPath, abandoned).ConfigureAwait(false))
        {
            left.AddRange(Directory.EnumerateDirectories(root, WorkPrefix + "*")
                .Select(ImageWork.TryTake).OfType<ImageWork>());
            RemoveUnusedLocks();
            work = MakeWork();
        }

        try
        {
            left.ForEach(one => one.Dispose());
            work.Guardian.EnsureRunning();
            return work;
        }
        catch
        {
            work.Dispose();
            throw;
        }
    }

    /// <summary>Waits until nobody else unpacks an image; the lock goes with the import.</summary>
    /// <returns>True when the image is there already.</returns>
    public async Task<bool> TakeAsync(string hex, ImageWork work, CancellationToken abandoned)
    {
        string path = Path.Combine(root, hex + ImageLockExtension);
        while (true)
        {
            using (await MachineLock.TakeFileAsync(LockPath, abandoned).ConfigureAwait(false))
            {
                if (MachineLock.TryTakeFile(path) is { } taken)
                {
                    work.Own(taken, path);
                    return Directory.Exists(Path.Combine(root, hex));
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), abandoned).ConfigureAwait(false);
        }
    }

    /// <summary>Gives an unpacked image its place, or an image that is there another name.</summary>
    /// <param name="work">The import, which has the lock of the image.</param>
    /// <param name="hex">Digest of the image.</param>
    /// <param name="name">Its name; null for none. Another image that has it loses it.</param>
    /// <param name="configuration">Its configuration; null when the image is there.</param>
    /// <param name="abandoned">Cancelled when nobody waits any longer; from then on nothing is changed.</param>
    public async Task PublishAsync(
        ImageWork work, string hex, string? name, byte[]? configuration, CancellationToken abandoned)
    {
        if (configuration is not null)
        {
            File.WriteAllBytes(Path.Combine(work.Image, ConfigurationName), configuration);
            using FileDescriptor made = new(Libc.open(
                CString.From(Path.Combine(work.Image, LayerHold.LockName)),
                Libc.O_RDWR | Libc.O_CREAT | Libc.O_CLOEXEC,
                LockMode));
        }

        using (await MachineLock.TakeFileAsync(LockPath, abandoned).ConfigureAwait(false))
        {
            Dictionary<string, string> names = ImageNames.Read(root);
            if (name is not null)
            {
                names[name] = ImageDigest.OfHex(hex);
            }

            string prepared = ImageNames.Prepare(work.Folder, names);
            abandoned.ThrowIfCancellationRequested();
            if (configuration is not null)
            {
                Directory.Move(work.Image, Path.Combine(root, hex));
            }

            ImageNames.Replace(root, prepared);
        }
    }

    /// <summary>Removes a name, and with the last one the image.</summary>
    /// <exception cref="ImageException">There is no such image, or something uses it.</exception>
    public async Task RemoveAsync(ImageProperties image, CancellationToken abandoned)
    {
        string shown = image.Name ?? image.Digest;
        if (ImageDigest.HexOf(image.Digest) is not { } hex || !Directory.Exists(Path.Combine(root, hex)))
        {
            throw NotFound(shown);
        }

        FileHold? hold = null;
        ImageWork? work = null;
        try
        {
            using (await MachineLock.TakeFileAsync(LockPath, abandoned).ConfigureAwait(false))
            {
                Dictionary<string, string> names = NamesWithout(image, shown);
                bool isLast = !names.ContainsValue(image.Digest);
                string folder = Path.Combine(root, hex);
                hold = isLast ? Take(shown, hex, folder) : null;
                work = MakeWork();
                string prepared = ImageNames.Prepare(work.Folder, names);
                if (isLast)
                {
                    Directory.Move(folder, work.Image);
                }

                ImageNames.Replace(root, prepared);
            }
        }
        finally
        {
            // The files are deleted after the others can go on, and before a container can hold them.
            work?.Dispose();
            hold?.Dispose();
        }
    }

    private Dictionary<string, string> NamesWithout(ImageProperties image, string shown)
    {
        Dictionary<string, string> names = ImageNames.Read(root);
        if (image.Name is null)
        {
            return !names.ContainsValue(image.Digest)
                && Directory.Exists(Path.Combine(root, ImageDigest.HexOf(image.Digest)!))
                ? names
                : throw NotFound(shown);
        }

        if (!names.TryGetValue(image.Name, out string? digest) || digest != image.Digest)
        {
            throw NotFound(shown);
        }

        names.Remove(image.Name);
        return names;
    }

    private ImageProperties? Describe(string hex)
    {
        using FolderFiles files = new(Path.Combine(root, hex));

        // Another process may remove the image meanwhile.
        return files.Read(ConfigurationName) is not { } content ? null
            : ImageConfiguration.Parse(content, files.Path).Describe(new ImageProperties
            {
                Digest = ImageDigest.OfHex(hex),
                Source = root,
                Layers = [Path.Combine(files.Path, LayerHold.FilesName)],
            });
    }

    // Their processes were killed. The lock of the store is in use right now.
    private void RemoveUnusedLocks()
    {
        foreach (string file in Directory.EnumerateFiles(root, "*" + ImageLockExtension))
        {
            using MachineLock? unused = MachineLock.TryTakeFile(file);
            if (unused is not null)
            {
                File.Delete(file);
            }
        }
    }

    private ImageWork MakeWork()
    {
        string path = Path.Combine(root, WorkPrefix + Guid.NewGuid().ToString("N"));
        HostFolder.MakePrivate(path);
        return ImageWork.TryTake(path) ?? throw new IOException($"'{path}' cannot be locked.");
    }

    private FileHold Take(string shown, string hex, string folder)
    {
        using (MachineLock? unpacking = MachineLock.TryTakeFile(Path.Combine(root, hex + ImageLockExtension)))
        {
            if (unpacking is null)
            {
                throw new ImageException(ImageProblem.InUse, shown, $"'{shown}' is being imported.");
            }

            File.Delete(Path.Combine(root, hex + ImageLockExtension));
        }

        string final = FinalPath.Of(folder);
        if (MountedScratch.All().FirstOrDefault(mounted => LayerChain.Names(
            mounted.Folder, layer => LayerPath.IsIn(FinalPath.Of(layer), final))) is { } user)
        {
            throw new ImageException(
                ImageProblem.InUse, shown, $"'{shown}' is below the layer '{user.Folder}', which is mounted.");
        }

        string path = Path.Combine(folder, LayerHold.LockName);
        return FileHold.TryTake(path, FileHold.Open(path))
            ?? throw new ImageException(ImageProblem.InUse, shown, $"A container uses '{shown}'.");
    }

    private ImageException NotFound(string shown) =>
        new(ImageProblem.NotFound, shown, $"There is no image '{shown}' in '{root}'.");
}
