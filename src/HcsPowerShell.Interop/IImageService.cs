using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace HcsPowerShell.Interop;

/// <summary>The images of the machine: named stacks of layers with the defaults for the processes in them.</summary>
/// <remarks>
/// Every method throws <see cref="ImageException"/> when an image does not allow the call or is damaged, and
/// <see cref="HcsException"/> when the host refuses it, with <see cref="HResult.OperationTimeout"/> when its time has
/// passed. An image that is imported appears whole or not at all.
/// </remarks>
public interface IImageService
{
    /// <summary>The images of the stores of this machine.</summary>
    Task<IReadOnlyList<ImageProperties>> GetImagesAsync(CallOptions options);

    /// <summary>
    /// Reads the images of an archive: a file of <c>docker save</c>, or an OCI layout as a folder or a tar file. Nothing
    /// is unpacked to the machine, so they have no layers.
    /// </summary>
    Task<IReadOnlyList<ImageProperties>> ReadAsync(string path, CallOptions options);

    /// <summary>Imports an image into the store of the machine.</summary>
    Task<ImageProperties> ImportAsync(ImageSource source, CallOptions options);

    /// <summary>Removes an image from the store of the machine, with its files.</summary>
    /// <param name="image">The image, as <see cref="GetImagesAsync"/> gave it.</param>
    /// <param name="options">How long to wait.</param>
    Task RemoveAsync(ImageProperties image, CallOptions options);
}

/// <summary>The source of an image to import: a path, or a reference to a registry.</summary>
public sealed record ImageSource
{
    /// <summary>Path of an archive or an OCI layout; null for a reference.</summary>
    public string? Path { get; init; }

    /// <summary>Reference to a registry, such as <c>docker.io/library/busybox:1.36</c>; null for a path.</summary>
    public string? Reference { get; init; }

    /// <summary>
    /// Name of the image in the store; null means the reference, or the only name in the archive.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>User of the registry.</summary>
    public string? User { get; init; }

    /// <summary>Password of the user. It is passed on by a private file, never on a command line.</summary>
    public string? Password { get; init; }

    /// <summary>True to accept a registry without encryption or with a certificate of its own.</summary>
    public bool SkipCertificateCheck { get; init; }
}
