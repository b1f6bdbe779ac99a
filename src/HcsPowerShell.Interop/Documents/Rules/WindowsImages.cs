using System;

namespace HcsPowerShell.Interop.Documents.Rules;

/// <summary>
/// The one rule for which images of Windows run on a Windows. Below build 20348 the builds must be equal; from there on
/// the host runs every image from 20348 to its own build. Under Hyper-V isolation it runs every older image too.
/// </summary>
/// <remarks>
/// Revisions do not count. A newer revision of the same build is refused by the service alone, with 0xC0370106.
/// </remarks>
/// <param name="Host">Version of the host.</param>
/// <param name="IsHyperV">True for Hyper-V isolation.</param>
internal sealed record WindowsImages(Version Host, bool IsHyperV)
{
    // The first one with stable system calls. Each release for the long term takes the images from the one before it:
    // for 26100, the second of them, that is still this one.
    private const int FirstStable = 20348;

    /// <summary>True when an image of this version runs; one that does not tell its build may run.</summary>
    public bool Take(Version? image) =>
        image is not { Build: >= 0 }
        || (IsSameSystem(image) && First <= image.Build && image.Build <= Host.Build);

    /// <summary>True when an image of this version runs under Hyper-V isolation only.</summary>
    public bool NeedHyperV(Version? image) => !Take(image) && (this with { IsHyperV = true }).Take(image);

    /// <summary>The builds that run, as a sentence names them.</summary>
    public string Builds =>
        IsHyperV ? $"builds up to {Host.Build}"
        : First == Host.Build ? $"build {Host.Build}"
        : $"builds {First} to {Host.Build}";

    private int First => IsHyperV ? 0 : Math.Min(FirstStable, Host.Build);

    private bool IsSameSystem(Version image) => (image.Major, image.Minor) == (Host.Major, Host.Minor);
}
