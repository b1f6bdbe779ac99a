using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace HcsPowerShell.Interop.Images;

/// <summary>The images in the stores of this Windows, which belong to other programs: nothing is changed there.</summary>
internal sealed class StoredImages : IImageService
{
    public Task<IReadOnlyList<ImageProperties>> GetImagesAsync(CallOptions options) => throw new NotImplementedException();

    public Task<IReadOnlyList<ImageProperties>> ReadAsync(string path, CallOptions options) =>
        throw new NotImplementedException();

    public Task<ImageProperties> ImportAsync(ImageSource source, CallOptions options) => throw new NotImplementedException();

    public Task RemoveAsync(ImageProperties image, CallOptions options) => throw new NotImplementedException();
}
