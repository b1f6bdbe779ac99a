using System.Collections.Generic;
using System.Threading.Tasks;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Tests.Faults;

/// <summary>Images on which every call succeeds at once, and is recorded.</summary>
internal sealed class ObedientImages(CallLog log) : IImageService
{
    public static ImageProperties Image { get; } = new() { Digest = "sha256:0", Source = "store" };

    public Task<IReadOnlyList<ImageProperties>> GetImagesAsync(CallOptions options) =>
        log.Do<IReadOnlyList<ImageProperties>>("ListImages", []);

    public Task<IReadOnlyList<ImageProperties>> ReadAsync(string path, CallOptions options) =>
        log.Do<IReadOnlyList<ImageProperties>>("ReadImage", []);

    public Task<ImageProperties> ImportAsync(ImageSource source, CallOptions options) => log.Do("ImportImage", Image);

    public Task RemoveAsync(ImageProperties image, CallOptions options) => log.Do("RemoveImage", true);
}
