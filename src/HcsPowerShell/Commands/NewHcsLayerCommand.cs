using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Completion;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>
/// Creates a scratch above read-only layers (hcsshim <c>CreateSandboxLayer</c>, <c>ExpandSandboxSize</c>), and writes its
/// parents to <c>layerchain.json</c>.
/// </summary>
[Cmdlet(VerbsCommon.New, "HcsLayer", SupportsShouldProcess = true,
    HelpUri = HelpPages.Address + "New-HcsLayer.md")]
[OutputType(typeof(HcsLayer), typeof(Job))]
public sealed class NewHcsLayerCommand : HcsCommand
{
    /// <summary>The folder to create, by its exact path.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>
    /// The read-only layers below the scratch, newest first: folders or layers. The last one is completed by its own
    /// <c>layerchain.json</c>.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("ParentPath")]
    [LayerPathTransformation]
    [ValidateNotNullOrEmpty]
    public string[] ParentLayer { get; set; } = [];

    /// <summary>Size in bytes; 0 means the default of the service: 20 GB on Windows, the disk under isolation Oci.</summary>
    [Parameter]
    [NotBlank]
    public ulong SizeBytes { get; set; }

    /// <summary>Runs in the background and returns a job with one child for each layer.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter AsJob { get; set; }

    private protected override bool WantsJob => AsJob;

    private protected override string Activity => "Creating a layer";

    /// <inheritdoc/>
    private protected override void ProcessHere()
    {
        foreach (string path in Path)
        {
            Guard($"create layer '{path}'", path, () =>
            {
                var target = new LayerTarget(ResolveHost(), TypedPaths.OfLayers.Literal(SessionState.Path, path));
                string[] parents = [.. ParentLayer.Select(parent => TypedPaths.OfLayers.Literal(SessionState.Path, parent))];
                ulong size = SizeBytes;
                if (Approve(target, "Create"))
                {
                    Dispatch($"create {target}", target.Path, async (output, deadline) =>
                    {
                        await target.Service.CreateScratchAsync(target.Path, parents, size, deadline)
                            .ConfigureAwait(false);
                        output.Object(await target.DescribeAsync(deadline).ConfigureAwait(false));
                    });
                }
            });
        }

        BeginApproved();
    }
}
