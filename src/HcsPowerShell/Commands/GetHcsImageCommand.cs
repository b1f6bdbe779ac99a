using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Base;
using HcsPowerShell.Completion;
using HcsPowerShell.Errors;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>Lists the images of the machine, or those in an archive.</summary>
[Cmdlet(VerbsCommon.Get, "HcsImage", DefaultParameterSetName = NameSet,
    HelpUri = HelpPages.Address + "Get-HcsImage.md")]
[OutputType(typeof(HcsImage))]
public sealed class GetHcsImageCommand : HcsCommand
{
    private const string NameSet = "Name";
    private const string PathSet = "Path";

    /// <summary>Names of images, their ends with or without a tag, or digests; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(ImageNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <summary>Archives: files of docker save, and OCI layouts as folders or tar files.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <inheritdoc/>
    private protected override void ProcessHere()
    {
        if (ParameterSetName == PathSet)
        {
            foreach (string path in Path)
            {
                Guard($"read image '{path}'", path, () => Read(path));
            }
        }
        else
        {
            Guard("list the images", null, () =>
            {
                HcsHost host = ResolveHost();
                string[] names = [.. Name];
                Dispatch("list the images", host.Name, (output, deadline) => ListAsync(host, names, output, deadline));
            });
        }

        BeginApproved();
    }

    private void Read(string path)
    {
        HcsHost host = ResolveHost();
        string file = TypedPaths.OfLayers.Literal(SessionState.Path, path);
        Dispatch($"read image '{file}'", file, async (output, deadline) =>
        {
            foreach (ImageProperties image in await host.Service.Images.ReadAsync(file, deadline).ConfigureAwait(false))
            {
                output.Object(new HcsImage(host, image));
            }
        });
    }

    private static async Task ListAsync(HcsHost host, string[] names, ICommandOutput output, Deadline deadline)
    {
        IReadOnlyList<ImageProperties> images = await host.Service.Images.GetImagesAsync(deadline).ConfigureAwait(false);
        foreach (ImageProperties image in names.Length == 0
            ? images
            : names.SelectMany(name => Named(host, images, name, output)).Distinct())
        {
            output.Object(new HcsImage(host, image));
        }
    }

    private static ImageProperties[] Named(
        HcsHost host, IReadOnlyList<ImageProperties> images, string name, ICommandOutput output)
    {
        ImageProperties[] found = [.. ImageNames.Matching(images, name)];
        if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
        {
            output.Error(HcsErrors.From(ImageNames.NotFound(host, name), $"list image '{name}'", name));
        }

        return found;
    }
}
