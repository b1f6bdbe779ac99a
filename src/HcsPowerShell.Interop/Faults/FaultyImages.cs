using System.Collections.Generic;
using System.Threading.Tasks;

namespace HcsPowerShell.Interop.Faults;

/// <summary>The images of a host, whose calls fail as the plan requires.</summary>
internal sealed class FaultyImages(IImageService inner, FaultInjector injector) : IImageService
{
    public Task<IReadOnlyList<ImageProperties>> GetImagesAsync(CallOptions options) =>
        injector.ServeAsync(ComputeOperation.ListImages, options, inner.GetImagesAsync);

    public Task<IReadOnlyList<ImageProperties>> ReadAsync(string path, CallOptions options) =>
        injector.ServeAsync(ComputeOperation.ReadImage, options, served => inner.ReadAsync(path, served));

    // An image that came too late for its caller is whole, and may have been in the store before: it stays.
    public Task<ImageProperties> ImportAsync(ImageSource source, CallOptions options) =>
        injector.ServeAsync(ComputeOperation.ImportImage, options, served => inner.ImportAsync(source, served));

    public Task RemoveAsync(ImageProperties image, CallOptions options) =>
        injector.ServeAsync(ComputeOperation.RemoveImage, options, served => inner.RemoveAsync(image, served));
}
