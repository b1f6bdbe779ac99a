using System.Collections.Generic;
using System.Threading.Tasks;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Contracts;

/// <summary>The images of an isolation that has none; it refuses every call.</summary>
/// <param name="isolation">Name of the isolation.</param>
internal sealed class RefusedImages(string isolation) : IImageService
{
    public Task<IReadOnlyList<ImageProperties>> GetImagesAsync(CallOptions options) =>
        Task.FromException<IReadOnlyList<ImageProperties>>(Refused("GetImages"));

    public Task<IReadOnlyList<ImageProperties>> ReadAsync(string path, CallOptions options) =>
        Task.FromException<IReadOnlyList<ImageProperties>>(Refused("ReadImage"));

    public Task<ImageProperties> ImportAsync(ImageSource source, CallOptions options) =>
        Task.FromException<ImageProperties>(Refused("ImportImage"));

    public Task RemoveAsync(ImageProperties image, CallOptions options) => Task.FromException(Refused("RemoveImage"));

    private HcsException Refused(string function) => Refusal.NotSupported(
        null, function, $"Isolation {isolation} has no images; on Linux, isolation Oci has.");
}
