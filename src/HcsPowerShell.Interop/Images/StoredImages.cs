using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Lifecycle;

namespace HcsPowerShell.Interop.Images;

/// <summary>
/// The images in the store of Docker on this Windows, which belongs to Docker: nothing is changed there. The one of
/// containerd can be read by containerd only, and has no images here.
/// </summary>
/// <param name="data">Returns the folder that has Docker's, <c>%ProgramData%</c>; nothing is asked before the first call.</param>
internal sealed class StoredImages(Func<string> data) : ImageServiceBase
{
    private protected override Lifetime Lifetime { get; } = new();

    private protected override ImagePlatform Platform { get; } = new("windows", ImagePlatform.MachineArchitecture);

    private protected override IReadOnlyList<ImageProperties> List(CancellationToken abandoned) =>
        new DockerStore(Path.Combine(data(), "docker")).Read(abandoned);

    private protected override Task<ImageProperties> ImportAsync(ImageSource source, CancellationToken abandoned) =>
        throw new HcsException(
            ComputeOperation.ImportImage.Function(),
            HResult.NotSupported,
            resultDocument: HcsJson.Write(new ResultError
            {
                Error = HResult.NotSupported,
                ErrorMessage = "Images for Windows are imported by other programs: 'docker load' or 'docker pull', "
                    + "'ctr images import', or 'wclayer import' for a layer alone.",
            }));

    private protected override Task RemoveAsync(ImageProperties image, CancellationToken abandoned)
    {
        string name = image.Name ?? image.Digest;
        throw new ImageException(
            ImageProblem.Foreign,
            name,
            $"'{name}' belongs to Docker, which keeps its own account of it; 'docker rmi' removes it.");
    }
}
