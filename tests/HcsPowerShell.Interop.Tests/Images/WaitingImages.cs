using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Images;
using HcsPowerShell.Interop.Lifecycle;

namespace HcsPowerShell.Interop.Tests.Images;

/// <summary>Images whose list comes when nobody waits for it any longer.</summary>
internal sealed class WaitingImages : ImageServiceBase
{
    private protected override Lifetime Lifetime { get; } = new();

    private protected override ImagePlatform Platform { get; } = new("linux", "amd64");

    private protected override IReadOnlyList<ImageProperties> List(CancellationToken abandoned)
    {
        abandoned.WaitHandle.WaitOne();
        return [];
    }

    private protected override Task<ImageProperties> ImportAsync(ImageSource source, CancellationToken abandoned) =>
        throw new NotSupportedException();

    private protected override Task RemoveAsync(ImageProperties image, CancellationToken abandoned) =>
        throw new NotSupportedException();
}
