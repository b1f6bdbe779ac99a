using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Abstractions;
using HcsPowerShell.Binding;
using HcsPowerShell.Completion;
using HcsPowerShell.Documents;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Commands;

/// <summary>Creates containers (hcsshim <c>CreateContainer</c>).</summary>
[Cmdlet(VerbsCommon.New, "HcsContainer", SupportsShouldProcess = true, DefaultParameterSetName = ParameterSet,
    HelpUri = HelpPages.Address + "New-HcsContainer.md")]
[OutputType(typeof(HcsContainer), typeof(Job))]
public sealed class NewHcsContainerCommand : HcsContainerConfigCmdlet
{
    private const int SecondsToUndo = 5;

    /// <summary>Id of the container, at most 255 characters; by default its name, else a new GUID.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ContainerIdTransformation]
    [ValidateNotNullOrEmpty]
    public string? Id { get; set; }

    /// <summary>Schema of the document that is sent: 1, which is the default, or 2 and 2.x, which go through computecore.</summary>
    [Parameter]
    [SchemaVersionTransformation]
    [ArgumentCompleter(typeof(SchemaVersionCompleter))]
    public SchemaVersion SchemaVersion { get; set; } = new() { Major = 1, Minor = 0 };

    /// <summary>A JSON object merged over the document that is sent; its values win.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AdditionalJson { get; set; }

    /// <summary>Starts the container as well.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter Start { get; set; }

    /// <summary>Seconds to wait for the service, for the creation and again for the start; by default 240.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue / 1000)]
    [NotBlank]
    public int TimeoutSec { get; set; } = Deadline.DefaultSec;

    /// <summary>Runs in the background and returns a job with one child for each container.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter AsJob { get; set; }

    private protected override bool WantsJob => AsJob;

    private protected override void Process(ContainerConfig config)
    {
        string? id = Id ?? config.Name;

        // Whatever comes of it: the clean-up after a failure must not end what the id would match as a pattern.
        KnownIds.Add(id);
        Guard($"create container '{id}'", id, () =>
            Create(ResolveHost(), ContainerDraft.Complete(config, Id, SchemaVersion, AdditionalJson)));
    }

    private protected override void Process(ComputeSystem document)
    {
        KnownIds.Add(Id);
        Guard($"create container '{Id}'", Id, () =>
            Create(ResolveHost(), ContainerDraft.Whole(document, Id, AdditionalJson)));
    }

    private void Create(HcsHost host, ContainerDraft draft)
    {
        WriteVerboseDocument(draft.Document);
        UnenforcedMembers.Warn(this, host, draft);
        if (Approve($"container '{draft.Id}' on host '{host.Name}'", "Create"))
        {
            Dispatch($"create container '{draft.Id}'", draft.Id, (output, stop) => CreateAsync(host, draft, output, stop));
        }
    }

    private async Task CreateAsync(HcsHost host, ContainerDraft draft, ICommandOutput output, CancellationToken stop)
    {
        IContainer created = await Deadline.WithinAsync(
            TimeoutSec, stop, token => host.Service.CreateContainerAsync(draft.Id, draft.Document, draft.Version, token))
            .ConfigureAwait(false);
        TrackedContainer tracked = host.Handles.Add(created);
        if (Start)
        {
            await StartOrUndoAsync(created, stop).ConfigureAwait(false);
        }

        ContainerProperties properties =
            await created.GetPropertiesAsync(new PropertyQuery(), stop).ConfigureAwait(false);
        output.Object(new HcsContainer(host, properties, tracked));
    }

    /// <summary>A container that was to be started and cannot be is of no use to anybody: it does not stay behind.</summary>
    private async Task StartOrUndoAsync(IContainer created, CancellationToken stop)
    {
        bool started = false;
        try
        {
            await Deadline.WithinAsync(TimeoutSec, stop, token => created.StartAsync(token)).ConfigureAwait(false);
            started = true;
        }
        finally
        {
            if (!started)
            {
                await Deadline.WithinAsync(SecondsToUndo, CancellationToken.None, token => created.TerminateAsync(token))
                    .ConfigureAwait(false);
            }
        }
    }
}
