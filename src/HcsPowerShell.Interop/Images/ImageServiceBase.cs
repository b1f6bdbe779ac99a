using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Layers;
using HcsPowerShell.Interop.Lifecycle;

namespace HcsPowerShell.Interop.Images;

/// <summary>
/// Base class of the images of a host. It has the deadlines, reads archives, and names the exceptions of .NET; an
/// adapter adds its store.
/// </summary>
internal abstract class ImageServiceBase : IImageService
{
    public Task<IReadOnlyList<ImageProperties>> GetImagesAsync(CallOptions options) => CallAsync(
        ComputeOperation.ListImages, options, abandoned => Task.Run(() => List(abandoned), abandoned));

    public Task<IReadOnlyList<ImageProperties>> ReadAsync(string path, CallOptions options) => CallAsync(
        ComputeOperation.ReadImage,
        options,
        abandoned => Task.Run(
            () => (IReadOnlyList<ImageProperties>)
                [.. ImageArchive.Read(Require(path), Platform, abandoned).Select(image => image.Properties)],
            abandoned));

    public Task<ImageProperties> ImportAsync(ImageSource source, CallOptions options) => CallAsync(
        ComputeOperation.ImportImage, options, abandoned => Task.Run(() => ImportAsync(source, abandoned), abandoned));

    public Task RemoveAsync(ImageProperties image, CallOptions options) => CallAsync(
        ComputeOperation.RemoveImage,
        options,
        abandoned => Task.Run(
            async () =>
            {
                await RemoveAsync(image, abandoned).ConfigureAwait(false);
                return true;
            },
            abandoned));

    /// <summary>The period in which calls can be made.</summary>
    private protected abstract Lifetime Lifetime { get; }

    /// <summary>The platform whose image is chosen where an archive has several of one name.</summary>
    private protected abstract ImagePlatform Platform { get; }

    /// <summary>Returns the images of the stores.</summary>
    private protected abstract IReadOnlyList<ImageProperties> List(CancellationToken abandoned);

    /// <summary>Imports an image; when a part fails, or nobody waits any longer, nothing is left of it.</summary>
    private protected abstract Task<ImageProperties> ImportAsync(ImageSource source, CancellationToken abandoned);

    /// <summary>Removes an image that nothing uses.</summary>
    private protected abstract Task RemoveAsync(ImageProperties image, CancellationToken abandoned);

    /// <summary>Turns an exception of .NET about this machine into a refusal of the service; null leaves it.</summary>
    private protected virtual Exception? Name(string function, Exception cause) => null;

    /// <summary>Returns the path of an archive.</summary>
    /// <exception cref="ImageException">It is not absolute.</exception>
    private protected static string Require(string path) => LayerPath.IsAbsolute(path)
        ? path
        : throw new ImageException(ImageProblem.NotFound, path, $"'{path}' is no absolute path.");

    private Task<T> CallAsync<T>(
        ComputeOperation operation, CallOptions options, Func<CancellationToken, Task<T>> make) =>
        new BoundedCall(operation, null, Lifetime, options) { Name = Name }
            .RunAsync(make);
}
