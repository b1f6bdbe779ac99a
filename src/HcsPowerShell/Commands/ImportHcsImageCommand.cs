using System.Management.Automation;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>Imports an image into the store of the machine, from an archive or a registry.</summary>
[Cmdlet(VerbsData.Import, "HcsImage", SupportsShouldProcess = true, DefaultParameterSetName = PathSet,
    HelpUri = HelpPages.Address + "Import-HcsImage.md")]
[OutputType(typeof(HcsImage), typeof(Job))]
public sealed class ImportHcsImageCommand : HcsCommand
{
    private const string PathSet = "Path";
    private const string ReferenceSet = "Reference";

    /// <summary>An archive: a file of docker save, or an OCI layout as a folder or a tar file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>An image in a registry, such as <c>docker.io/library/busybox:1.36</c>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ReferenceSet)]
    [ValidateNotNullOrEmpty]
    public string Reference { get; set; } = string.Empty;

    /// <summary>Name of the image in the store; by default the reference, or the only name in the archive.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>User and password of the registry.</summary>
    [Parameter(ParameterSetName = ReferenceSet)]
    [Credential]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    /// <summary>Accepts a registry without encryption, or with a certificate of its own.</summary>
    [Parameter(ParameterSetName = ReferenceSet)]
    [NotBlank]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>Runs in the background and returns a job.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter AsJob { get; set; }

    private protected override bool WantsJob => AsJob;

    private protected override string Activity => "Importing an image";

    /// <inheritdoc/>
    private protected override void ProcessHere()
    {
        string what = ParameterSetName == PathSet ? Path : Reference;
        Guard($"import image '{what}'", what, () =>
        {
            HcsHost host = ResolveHost();
            ImageSource source = new()
            {
                Path = ParameterSetName == PathSet ? TypedPaths.OfLayers.Literal(SessionState.Path, Path) : null,
                Reference = ParameterSetName == ReferenceSet ? Reference : null,
                Name = Name,
                User = Credential?.UserName,
                Password = Credential?.GetNetworkCredential().Password,
                SkipCertificateCheck = SkipCertificateCheck,
            };
            if (Approve($"image '{what}' on host '{host.Name}'", "Import"))
            {
                Dispatch($"import image '{what}'", what, async (output, deadline) => output.Object(
                    new HcsImage(host, await host.Service.Images.ImportAsync(source, deadline).ConfigureAwait(false))));
            }
        });
        BeginApproved();
    }
}
