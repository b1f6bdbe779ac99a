using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Completion;
using HcsPowerShell.Documents;
using HcsPowerShell.Errors;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>Creates containers (hcsshim <c>CreateContainer</c>).</summary>
[Cmdlet(VerbsCommon.New, "HcsContainer", SupportsShouldProcess = true, DefaultParameterSetName = ParameterSet,
    HelpUri = HelpPages.Address + "New-HcsContainer.md")]
[OutputType(typeof(HcsContainer), typeof(Job))]
public sealed partial class NewHcsContainerCommand : HcsHostCommand
{
    private static readonly TimeSpan s_toUndo = TimeSpan.FromSeconds(5);

    /// <summary>Gives the creation, and the start with it, the time that hcsshim gives each.</summary>
    public NewHcsContainerCommand() => TimeoutSec = Deadline.ChangeSec;

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

    /// <summary>Runs in the background and returns a job with one child for each container.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter AsJob { get; set; }

    private protected override bool WantsJob => AsJob;

    private void Process(ContainerConfig config)
    {
        string? id = Id ?? config.Name;

        // Whatever comes of it: the clean-up after a failure must not end what the id would match as a pattern.
        KnownIds.Add(id);
        Guard($"create container '{id}'", id, () =>
            Create(ResolveHost(), ContainerDraft.Complete(config, Id, SchemaVersion, AdditionalJson)));
    }

    /// <summary>Takes a whole schema 2 document.</summary>
    private void Process(ComputeSystem document)
    {
        KnownIds.Add(Id);
        Guard($"create container '{Id}'", Id, () =>
            Create(ResolveHost(), ContainerDraft.Whole(document, Id, AdditionalJson)));
    }

    private void Create(HcsHost host, ContainerDraft draft)
    {
        WriteVerboseDocument(draft.Document, draft.Type);
        UnenforcedMembers.Warn(this, host, draft);
        if (Approve($"container '{draft.Id}' on host '{host.Name}'", "Create"))
        {
            Dispatch(
                $"create container '{draft.Id}'",
                draft.Id,
                (output, deadline) => CreateAsync(host, draft, output, deadline));
        }
    }

    private async Task CreateAsync(HcsHost host, ContainerDraft draft, ICommandOutput output, Deadline deadline)
    {
        IContainer created = await host.Service.CreateContainerAsync(draft.Id, draft.Document, draft.Version, deadline)
            .ConfigureAwait(false);
        host.Handles.Add(created);
        bool isHandedOver = false;
        try
        {
            if (Start)
            {
                await created.StartAsync(deadline).ConfigureAwait(false);
            }

            ContainerProperties known = draft.Describe(Start ? "Running" : "Created");
            output.Object(
                await ContainerTarget.DescribeAsync(host, created, known, output, deadline).ConfigureAwait(false));
            isHandedOver = true;
        }
        finally
        {
            if (!isHandedOver)
            {
                await Deadline.EndsWithinAsync(UndoAsync(created, output), null, deadline.Stop).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Ends a container that nobody is given, or that cannot be started as was wanted.</summary>
    private static async Task UndoAsync(IContainer created, ICommandOutput output)
    {
        try
        {
            await created.TerminateAsync(new CallOptions(CancellationToken.None, s_toUndo)).ConfigureAwait(false);
        }
        catch (HcsException e)
        {
            output.Warning($"Container '{created.Id}' was created and cannot be ended: {HcsErrors.Reason(e)} "
                + "Stop-HcsContainer -Force ends it later.");
        }
    }
}
