using System.Collections.Generic;
using System.Management.Automation;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Completion;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>Removes images that nothing uses from the store of the machine.</summary>
[Cmdlet(VerbsCommon.Remove, "HcsImage", SupportsShouldProcess = true, DefaultParameterSetName = NameSet,
    HelpUri = HelpPages.Address + "Remove-HcsImage.md")]
[OutputType(typeof(Job))]
public sealed class RemoveHcsImageCommand : HcsCommand
{
    private const string NameSet = "Name";
    private const string ImageSet = "Image";

    /// <summary>The images, as objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ImageSet)]
    [Alias("InputObject")]
    [TargetTransformation(typeof(HcsImage))]
    [ValidateNotNullOrEmpty]
    public HcsImage[] Image { get; set; } = [];

    /// <summary>Names of images, their ends with or without a tag, or digests; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(ImageNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <summary>Runs in the background and returns a job with one child for each image.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter AsJob { get; set; }

    private protected override bool WantsJob => AsJob;

    private protected override string Activity => "Removing an image";

    /// <inheritdoc/>
    private protected override void ProcessHere()
    {
        if (ParameterSetName == ImageSet)
        {
            foreach (HcsImage image in Image)
            {
                if (MayUse(
                    image.Host,
                    $"remove image '{image}'",
                    image,
                    $"-Name {TypedLine.Quote(image.ToString())}",
                    "Get-HcsImage"))
                {
                    Remove(RequireHere(image.Host), image.Properties);
                }
            }
        }
        else
        {
            foreach (string name in Name)
            {
                RemoveNamed(name);
            }
        }

        BeginApproved();
    }

    private void RemoveNamed(string name)
    {
        HcsHost? host = null;
        IReadOnlyList<ImageProperties> found = [];
        GuardWithin($"remove image '{name}'", name, deadline =>
        {
            host = ResolveHost();
            found = WildcardPattern.ContainsWildcardCharacters(name)
                ? [.. ImageNames.Matching(Await(host.Service.Images.GetImagesAsync(deadline)), name)]
                : [Await(ImageNames.FindAsync(host, name, deadline))];
        });
        foreach (ImageProperties image in found)
        {
            Remove(host!, image);
        }
    }

    private void Remove(HcsHost host, ImageProperties image)
    {
        string name = image.Name ?? image.Digest;
        if (Approve($"image '{name}' on host '{host.Name}'", "Remove"))
        {
            Dispatch($"remove image '{name}'", name, (_, deadline) => host.Service.Images.RemoveAsync(image, deadline));
        }
    }
}
