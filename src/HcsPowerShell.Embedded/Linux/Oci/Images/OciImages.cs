using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Oci.State;
using HcsPowerShell.Embedded.Linux.Oci.Storage;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Images;
using HcsPowerShell.Interop.Lifecycle;

namespace HcsPowerShell.Embedded.Linux.Oci.Images;

/// <summary>
/// The images of isolation Oci: skopeo copies an image beside the store, umoci unpacks it into one folder, and that
/// folder is renamed when it is whole.
/// </summary>
/// <param name="root">Folder of the store.</param>
internal sealed class OciImages(string root) : ImageServiceBase
{
    private const string Unpacker = "umoci";
    private const int LongestName = 1024;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly ImageStore _store = new(root);

    /// <summary>The images of this machine.</summary>
    public OciImages()
        : this(Path.Combine(HostFolder.Root, "images"))
    {
    }

    /// <summary>Ends the calls, because the host ends, and waits until nothing of them is left.</summary>
    public Task EndAsync()
    {
        Lifetime.End(HResult.ServiceDisconnect);
        TaskCompletionSource<bool> idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Lifetime.ReleaseAfterCalls(() => idle.TrySetResult(true), s_patience);
        return idle.Task;
    }

    private protected override Lifetime Lifetime { get; } = new();

    private protected override ImagePlatform Platform { get; } = new("linux", ImagePlatform.MachineArchitecture);

    private protected override IReadOnlyList<ImageProperties> List(CancellationToken abandoned) =>
        _store.Read(abandoned);

    private protected override Task RemoveAsync(ImageProperties image, CancellationToken abandoned) =>
        _store.RemoveAsync(image, abandoned);

    private protected override Exception? Name(string function, Exception cause) =>
        cause is IOException or UnauthorizedAccessException ? Refusal.OfHost(null, function, null, cause) : null;

    private protected override async Task<ImageProperties> ImportAsync(
        ImageSource source, CancellationToken abandoned)
    {
        string shown = source.Path ?? Reference(source);
        string unpacker = HostTool.Find(Unpacker) ?? throw ImageCopy.Missing(shown, Unpacker);
        ArchivedImage? archived = source.Path is { } path ? Choose(Require(path), source.Name, abandoned) : null;
        using ImageWork work = await _store.BeginAsync(abandoned).ConfigureAwait(false);
        await (archived is null
            ? ImageCopy.OfReferenceAsync(source, shown, Platform, work, abandoned)
            : ImageCopy.OfArchiveAsync(shown, archived, Platform, work, abandoned)).ConfigureAwait(false);
        ArchivedImage copied = ImageArchive.Read(work.Layout, Platform, abandoned).Single();
        ImageProperties image = copied.Properties;
        if (!Platform.Takes(image.OS, image.Architecture))
        {
            throw new ImageException(
                ImageProblem.OtherPlatform,
                shown,
                $"'{shown}' is for {image.OS}/{image.Architecture}; this machine is "
                    + $"{Platform.OS}/{Platform.Architecture}.");
        }

        string? name = NameOf(source.Name) ?? NameOf(archived is null ? shown : archived.Properties.Name);
        string hex = ImageDigest.HexOf(image.Digest)!;
        byte[]? configuration = null;
        if (!await _store.TakeAsync(hex, work, abandoned).ConfigureAwait(false))
        {
            configuration = copied.Configuration;
            await UnpackAsync(unpacker, shown, work, abandoned).ConfigureAwait(false);
        }

        await _store.PublishAsync(work, hex, name, configuration, abandoned).ConfigureAwait(false);
        return image with { Name = name, Source = root, Layers = [Path.Combine(root, hex, LayerHold.FilesName)] };
    }

    private static async Task UnpackAsync(string unpacker, string shown, ImageWork work, CancellationToken abandoned)
    {
        HostFolder.MakePrivate(work.Image);
        (uint? code, string words) = await HostTool.RunAsync(
            unpacker,
            [
                "raw", "unpack",
                "--image", $"{work.Layout}:{ImageCopy.Name}",
                Path.Combine(work.Image, LayerHold.FilesName),
            ],
            [],
            work.Held,
            work.Guardian,
            abandoned).ConfigureAwait(false);
        if (code != 0)
        {
            throw ImageCopy.Failure(shown, Unpacker, words, ImageProblem.Unreadable);
        }
    }

    private static string? NameOf(string? name) => string.IsNullOrEmpty(name) ? null
        : name!.Length <= LongestName ? name
        : throw new ImageException(
            ImageProblem.Unreadable, name.Substring(0, LongestName), $"A name has {LongestName} characters at most.");

    private static string Reference(ImageSource source)
    {
        const string Transport = "docker://";
        string reference = source.Reference ?? string.Empty;
        return reference.StartsWith(Transport, StringComparison.Ordinal)
            ? reference.Substring(Transport.Length)
            : reference;
    }

    // With several images, the name says which one; with one, how the store calls it.
    private ArchivedImage Choose(string path, string? name, CancellationToken abandoned)
    {
        IReadOnlyList<ArchivedImage> images = ImageArchive.Read(path, Platform, abandoned);
        if (images.Select(image => image.Position).Distinct().Count() == 1)
        {
            return images.FirstOrDefault(image => image.Properties.Name == name) ?? images[0];
        }

        string names = string.Join(", ", images.Select(image => $"'{image.Properties.Name}'"));
        if (images.Count == 0 || string.IsNullOrEmpty(name))
        {
            throw images.Count == 0
                ? new ImageException(ImageProblem.NotFound, path, $"There is no image in '{path}'.")
                : new ImageException(ImageProblem.Ambiguous, path, $"'{path}' has several images: {names}.");
        }

        ArchivedImage[] found = [.. images.Where(image => image.Properties.Name == name)];
        return found.Length switch
        {
            0 => throw new ImageException(
                ImageProblem.NotFound, path, $"There is no image '{name}' in '{path}', which has {names}."),
            1 => found[0],
            _ => throw new ImageException(ImageProblem.Ambiguous, path, $"'{path}' has several images '{name}'."),
        };
    }
}
