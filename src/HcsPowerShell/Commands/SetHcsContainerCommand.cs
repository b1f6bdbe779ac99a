using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Completion;
using HcsPowerShell.Documents;
using HcsPowerShell.Errors;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Rules;
using HcsPowerShell.Interop.Documents.Translation;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>Adds, removes or changes a resource of running containers (hcsshim <c>Modify</c>).</summary>
[Cmdlet(VerbsCommon.Set, "HcsContainer", SupportsShouldProcess = true, DefaultParameterSetName = IdSet,
    HelpUri = HelpPages.Address + "Set-HcsContainer.md")]
[OutputType(typeof(HcsContainer), typeof(Job))]
public sealed class SetHcsContainerCommand : HcsContainerCommand
{
    private IReadOnlyList<ResourceChange> _changes = [];

    /// <summary>Sets the default time limit to that of every change of a container.</summary>
    public SetHcsContainerCommand() => TimeoutSec = Deadline.ChangeSec;

    /// <summary>Kind of the resource, for a container of schema 1.</summary>
    [Parameter]
    [ValidateSet("Network", "MappedVirtualDisk")]
    public string? ResourceType { get; set; }

    /// <summary>The action on the resource; use it together with -ResourceType.</summary>
    [Parameter]
    [ValidateSet("Add", "Remove")]
    public string? RequestType { get; set; }

    /// <summary>
    /// The resource: for Network the id of the endpoint, for MappedVirtualDisk a hashtable or a typed
    /// MappedVirtualDisk.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(SettingsCompleter))]
    public object? Settings { get; set; }

    /// <summary>
    /// A whole ModifySettingRequest, for a container of schema 2: JSON text, a hashtable or a typed document with
    /// ResourcePath, RequestType and Settings.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(RequestCompleter))]
    public object? Request { get; set; }

    /// <summary>Memory limit in MiB.</summary>
    [Parameter]
    [ValidateRange(1L, long.MaxValue)]
    [NotBlank]
    public long MemoryMaximumInMB { get; set; }

    /// <summary>Processor share in percent times 100, 1 to 10000.</summary>
    [Parameter]
    [ValidateRange(1L, 10000L)]
    [NotBlank]
    public long ProcessorMaximum { get; set; }

    /// <summary>Relative processor weight, 1 to 10000.</summary>
    [Parameter]
    [ValidateRange(1, 10000)]
    [NotBlank]
    public ulong ProcessorWeight { get; set; }

    /// <summary>Host folders to add: typed, hashtables, or <c>HostPath:ContainerPath[:ro]</c>.</summary>
    [Parameter]
    [DocumentTransformation(typeof(MappedDir))]
    public MappedDir[]? MappedDirectory { get; set; }

    /// <summary>Host pipes to add: typed, hashtables, or <c>HostPath:ContainerPipeName</c>.</summary>
    [Parameter]
    [DocumentTransformation(typeof(MappedPipe))]
    public MappedPipe[]? MappedPipe { get; set; }

    /// <summary>Ids of network endpoints to add.</summary>
    [Parameter]
    public string[]? EndpointId { get; set; }

    /// <summary>Removes the folders, pipes and endpoints instead of adding them.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter Remove { get; set; }

    /// <summary>Writes the container to the pipeline.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Runs in the background and returns a job with one child for each container.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter AsJob { get; set; }

    private protected override string Verb => "change";

    private protected override bool WantsJob => AsJob;

    /// <inheritdoc/>
    private protected override void BeginHere()
    {
        base.BeginHere();
        try
        {
            _changes = Build();
        }
        catch (Exception e) when (e is HcsDocumentException or HcsTranslationException)
        {
            ThrowTerminatingError(HcsErrors.From(e, "change a container", Request ?? Settings));
        }

        foreach (ResourceChange change in _changes)
        {
            WriteVerboseDocument(change.Request, change.Type);
        }
    }

    private protected override void Process(ContainerTarget target)
    {
        if (Approve(target, string.Join(", ", _changes.Select(change => change.Action))))
        {
            Guard(Attempt(target), target.Id, () =>
            {
                RequireSchema(target);
                foreach (ResourceChange change in _changes)
                {
                    UnenforcedMembers.WarnOfChange(this, target.Host, target.Id, change.Resource);
                }

                Dispatch(Attempt(target), target.Id, (output, deadline) => ChangeAsync(target, output, deadline));
            });
        }
    }

    private bool IsRaw => Request is not null || IsSchema1Given;

    private bool IsSchema1Given => ResourceType is not null || RequestType is not null || Settings is not null;

    private IReadOnlyList<ResourceChange> Build()
    {
        var wanted = new ContainerConfig
        {
            MemoryMaximumInMB = MemoryMaximumInMB,
            ProcessorMaximum = ProcessorMaximum,
            ProcessorWeight = ProcessorWeight,
            MappedDirectories = MappedDirectory,
            MappedPipes = MappedPipe,
            EndpointList = EndpointId,
        };
        bool isTyped = DocumentMembers.Set(wanted).Any() || Remove;
        if (Request is not null && IsSchema1Given)
        {
            throw new HcsDocumentException(
                nameof(Request), "it is a whole request; ResourceType, RequestType and Settings do not go with it");
        }

        if (isTyped && IsRaw)
        {
            throw new HcsDocumentException(
                Request is null ? nameof(ResourceType) : nameof(Request),
                "a whole request does not go with the parameters of single resources; use one of the two");
        }

        if (Remove && MappedDirectory is null && MappedPipe is null && EndpointId is null)
        {
            throw new HcsDocumentException(
                nameof(Remove),
                "it removes what -MappedDirectory, -MappedPipe or -EndpointId names; a limit is set to another value");
        }

        return isTyped ? ResourceChange.Of(wanted, Remove) : [Request is null ? BuildSchema1() : BuildSchema2(Request)];
    }

    // Schema 1 has requests for endpoints and virtual disks alone, and schema 2 for everything but endpoints.
    private void RequireSchema(ContainerTarget target)
    {
        if (!IsRaw && target.Tracked?.CreatedFrom is { } from
            && _changes.FirstOrDefault(change => change.IsOfSchema2 != from.Version.Major > 1) is { } other)
        {
            throw new HcsDocumentException(
                other.Resource,
                $"a container of schema {from.Version.Major} cannot change it; create the container with -SchemaVersion "
                + (other.IsOfSchema2 ? "2" : "1"));
        }
    }

    private ResourceChange BuildSchema1()
    {
        var request = new ResourceModificationRequestResponse
        {
            ResourceType = Require(ResourceType, nameof(ResourceType)),
            RequestType = Require(RequestType, nameof(RequestType)),
            Settings = ReadSettings(Require(Settings, nameof(Settings))),
        };
        return new ResourceChange(
            Checked(request), $"{request.RequestType} {request.ResourceType}", request.ResourceType);
    }

    private static ResourceChange BuildSchema2(object given)
    {
        ModifySettingRequest request = DocumentReader.Read<ModifySettingRequest>(given);
        string path = Require(request.ResourcePath, nameof(request.ResourcePath));
        return new ResourceChange(Checked(request), $"{request.RequestType ?? "Change"} {path}", path);
    }

    /// <summary>Text is the id of an endpoint, but JSON text is the resource itself.</summary>
    private static RawJson ReadSettings(object settings) =>
        DocumentReader.Plain(settings) is string text && ConfigurationText.IsDocument(text)
            ? RawDocument.Read(text, nameof(Settings))
            : new RawJson(DocumentText.From(settings));

    private static T Checked<T>(T request)
        where T : HcsDocument =>
        TextRules.Check(request).FirstOrDefault() is { } problem
            ? throw new HcsDocumentException(problem.Path, problem.Message)
            : request;

    private static T Require<T>(T? value, string member)
        where T : class =>
        value is null or "" ? throw new HcsDocumentException(member, "it is required to change a resource") : value;

    private async Task ChangeAsync(ContainerTarget target, ICommandOutput output, Deadline deadline)
    {
        using ContainerLease lease = await target.OpenAsync(deadline).ConfigureAwait(false);
        foreach (ResourceChange change in _changes)
        {
            await lease.Container.ModifyAsync(change.Request, deadline).ConfigureAwait(false);
        }

        if (PassThru)
        {
            output.Object(await target.DescribeAsync(lease.Container, output, deadline).ConfigureAwait(false));
        }
    }
}
