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
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Rules;
using HcsPowerShell.Interop.Ownership;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>Creates containers (hcsshim <c>CreateContainer</c>).</summary>
[Cmdlet(VerbsCommon.New, "HcsContainer", SupportsShouldProcess = true, DefaultParameterSetName = ParameterSet,
    HelpUri = HelpPages.Address + "New-HcsContainer.md")]
[OutputType(typeof(HcsContainer), typeof(Job))]
public sealed class NewHcsContainerCommand : HcsCommand
{
    private const string ParameterSet = "Parameter";
    private const string ConfigurationSet = "Configuration";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private static readonly TargetTransformationAttribute s_asMounted = new(typeof(HcsMountedLayer));

    private readonly JsonLinesOfHosts _lines = new();
    private OwnershipPlan? _owned;

    /// <summary>
    /// Sets one default time limit for the creation and the start: the limit that hcsshim has for each.
    /// </summary>
    public NewHcsContainerCommand() => TimeoutSec = Deadline.ChangeSec;

    /// <summary>Id of the container, at most 255 characters; by default its name, else a new GUID.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ContainerIdTransformation(BlankIsNone = true)]
    [AllowNull]
    public string? Id { get; set; }

    /// <summary>
    /// Schema of the document that is sent: 1, which is the default, or 2 and 2.x, which go through computecore.
    /// </summary>
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

    /// <summary>
    /// The configuration: a hashtable, a typed document, JSON text, also line by line, or a file object.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ConfigurationSet)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ConfigurationCompleter))]
    public object? Configuration { get; set; }

    /// <summary>JSON files with one configuration each; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>JSON files with one configuration each, by their exact paths.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Name of the container (hcsshim <c>Name</c>).</summary>
    [Parameter(Position = 0, ParameterSetName = ParameterSet)]
    [LiteralNameTransformation]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Management platform that the container belongs to; by default HcsPowerShell.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [ArgumentCompleter(typeof(OwnerCompleter))]
    public string? Owner { get; set; }

    /// <summary>Scratch volume, <c>\\?\Volume{guid}</c> without a trailing backslash.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    public string? VolumePath { get; set; }

    /// <summary>Ignores flushes of the scratch until the system has booted.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [NotBlank]
    public SwitchParameter IgnoreFlushesDuringBoot { get; set; }

    /// <summary>Folder of the scratch layer.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    public string? LayerFolderPath { get; set; }

    /// <summary>
    /// Read-only layers, newest parent first, base last: folders, typed, or hashtables with ID and Path. Folders are
    /// completed down to the base layer, and get their ids.
    /// </summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [DocumentTransformation(typeof(Layer))]
    public Layer[]? Layer { get; set; }

    /// <summary>
    /// A mounted scratch of Mount-HcsLayer, in place of VolumePath, LayerFolderPath and Layer. The container is created on
    /// its host.
    /// </summary>
    [Parameter(ValueFromPipeline = true, ParameterSetName = ParameterSet)]
    [TargetTransformation(typeof(HcsMountedLayer))]
    [ValidateNotNull]
    public HcsMountedLayer? MountedLayer { get; set; }

    /// <summary>
    /// An image of Get-HcsImage, by its name or digest: its layers, and the defaults of the processes in the container.
    /// </summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [ReferenceTransformation(typeof(HcsImage))]
    [ArgumentCompleter(typeof(ImageNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Image { get; set; }

    /// <summary>
    /// Keeps the scratch that the command makes for an image or for layers. Without it, the exit of the container removes
    /// the scratch, unless LayerFolderPath names it.
    /// </summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [NotBlank]
    public SwitchParameter KeepScratch { get; set; }

    /// <summary>Credential specification (gMSA); never shown.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    public string? Credentials { get; set; }

    /// <summary>Number of processors; 0 means no limit.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [NotBlank]
    public uint ProcessorCount { get; set; }

    /// <summary>Relative processor weight, 1 to 10000; 0 means the default.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [NotBlank]
    public ulong ProcessorWeight { get; set; }

    /// <summary>Processor share in percent times 100, 1 to 10000; 0 means no limit.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [NotBlank]
    public long ProcessorMaximum { get; set; }

    /// <summary>Storage operations per second; 0 means no limit.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [NotBlank]
    public ulong StorageIOPSMaximum { get; set; }

    /// <summary>Storage bytes per second; 0 means no limit.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [NotBlank]
    public ulong StorageBandwidthMaximum { get; set; }

    /// <summary>Size in bytes to which the system drive is expanded.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [NotBlank]
    public ulong StorageSandboxSize { get; set; }

    /// <summary>Memory limit in MiB; 0 means no limit.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [NotBlank]
    public long MemoryMaximumInMB { get; set; }

    /// <summary>Host name inside the container.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    public string? HostName { get; set; }

    /// <summary>Host folders: typed, hashtables, or <c>HostPath:ContainerPath[:ro]</c>.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [DocumentTransformation(typeof(MappedDir))]
    public MappedDir[]? MappedDirectory { get; set; }

    /// <summary>Host pipes: typed, hashtables, or <c>HostPath:ContainerPipeName</c>.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [DocumentTransformation(typeof(MappedPipe))]
    public MappedPipe[]? MappedPipe { get; set; }

    /// <summary>Uses Hyper-V isolation.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [NotBlank]
    public SwitchParameter HvPartition { get; set; }

    /// <summary>Id of a container whose network stack is shared.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [FromHere("Container")]
    [ArgumentCompleter(typeof(ContainerIdCompleter))]
    public string? NetworkSharedContainerName { get; set; }

    /// <summary>The network endpoints, by id or object.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [ReferenceTransformation(typeof(HcsEndpoint))]
    public string[]? EndpointList { get; set; }

    /// <summary>
    /// Network of an endpoint that is made for the container, by name, id or object. The exit of the container removes the
    /// endpoint. Without this parameter, and without -EndpointList, the container has no network.
    /// </summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [ReferenceTransformation(typeof(HcsNetwork))]
    [ArgumentCompleter(typeof(NetworkNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Network { get; set; }

    /// <summary>
    /// Ports of the container that are reached by ports of the host, on the network:
    /// <c>[hostaddress:][hostport[-range]:]port[-range][/tcp|udp]</c> as text, a hashtable or an object. Without a port of the
    /// host, the service chooses a free one.
    /// </summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [Alias("Port", "Publish")]
    [PortMappingTransformation]
    [ValidateNotNullOrEmpty]
    public HcsPortMapping[]? PortMapping { get; set; }

    /// <summary>Utility virtual machine, for Hyper-V isolation: typed or a hashtable.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [DocumentTransformation(typeof(HvRuntime))]
    public HvRuntime? HvRuntime { get; set; }

    /// <summary>Boots the container for servicing.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [NotBlank]
    public SwitchParameter Servicing { get; set; }

    /// <summary>Allows unqualified DNS queries.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [NotBlank]
    public SwitchParameter AllowUnqualifiedDNSQuery { get; set; }

    /// <summary>DNS suffixes to search, comma separated.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    public string? DNSSearchList { get; set; }

    /// <summary>Type of the container: Linux for a Linux container on Windows.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [ValidateSet("Linux", "Windows")]
    public string? ContainerType { get; set; }

    /// <summary>Ends the container with this PowerShell process, or when its handle is closed.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [NotBlank]
    public SwitchParameter TerminateOnLastHandleClosed { get; set; }

    /// <summary>Virtual disks: typed or hashtables.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [DocumentTransformation(typeof(MappedVirtualDisk))]
    public MappedVirtualDisk[]? MappedVirtualDisk { get; set; }

    private protected override bool WantsJob => AsJob;

    private protected override string? Activity =>
        Image is null && Layer is null ? null : "Creating a container on layers";

    private protected override bool ReadsFiles => true;

    /// <inheritdoc/>
    private protected override void ProcessHere()
    {
        switch (ParameterSetName)
        {
            case ConfigurationSet when MountedIn(Configuration!) is { } mounted:
                MountedLayer = mounted;
                ProcessParameters();
                MountedLayer = null;
                break;
            case ConfigurationSet when ConfigurationFiles.PathOf(Configuration!) is { } file:
                ProcessFiles(ConfigurationFiles.ReadLiteral(this, [file]));
                break;
            case ConfigurationSet:
                if (_lines.Take(NamedHost, Configuration!) is { } whole)
                {
                    ProcessGiven(whole);
                }

                break;
            case PathSet:
                ProcessFiles(ConfigurationFiles.Read(this, Path));
                break;
            case LiteralPathSet:
                ProcessFiles(ConfigurationFiles.ReadLiteral(this, LiteralPath));
                break;
            default:
                ProcessParameters();
                break;
        }

        BeginApproved();
    }

    /// <inheritdoc/>
    private protected override void EndHere()
    {
        if (_lines.Rest is { } rest)
        {
            ProcessGiven(rest);
        }

        base.EndHere();
    }

    // The binder takes a scratch for a configuration when the command has no parameter of the other set.
    private HcsMountedLayer? MountedIn(object piped) =>
        s_asMounted.Transform((EngineIntrinsics)GetVariableValue("ExecutionContext"), piped) as HcsMountedLayer;

    private void ProcessGiven(object value)
    {
        const string Source = "the configuration";
        if (OutputObject.TypeNameOf(value) is { } type)
        {
            WriteError(HcsErrors.NotAConfiguration(
                value,
                type,
                "create a container from",
                "Pipe the configuration that the container was created from; Start-HcsContainer starts one that is there."));
            return;
        }

        Guard($"create a container from {Source}", Source, () =>
        {
            ConfigurationText.Refuse(this, value, "New-HcsContainer -Path {0}");
            Process(Source, value);
        });
    }

    /// <summary>
    /// A configuration, or the path of one, still binds to the name by position when another parameter excludes a
    /// configuration. It cannot be distinguished from a name then, and is refused.
    /// </summary>
    private void ProcessParameters() =>
        Guard("create a container", null, () =>
        {
            if (Name is not null
                && (ConfigurationText.IsDocument(Name) || ConfigurationText.NamesFile(SessionState.Path, Name))
                && MyInvocation.BoundParameters.Keys.FirstOrDefault(IsForName) is { } other)
            {
                throw new HcsDocumentException(
                    nameof(Name),
                    $"the text is a configuration or the path of one, and -{other} does not go with it; -Id takes it for a name");
            }

            if (MountedLayer is not null)
            {
                RefuseOtherStorage();
            }

            ContainerConfig config = FromParameters();
            var begun = new Deadline(TimeoutSec, StopToken);
            Await(begun.RunAsync(deadline => CompleteLayersAsync(config, deadline)));
            Await(begun.RunAsync(deadline => PlanEndpointAsync(config, deadline)));
            Process(config);
        });

    /// <summary>Looks up the image, and the layers that are given as folders, and plans the scratch above them.</summary>
    private async Task CompleteLayersAsync(ContainerConfig config, Deadline deadline)
    {
        _owned = null;
        if (Image is not null && (Layer is not null || MountedLayer is not null))
        {
            throw new HcsDocumentException(nameof(Image), "an image has its own layers; leave -Layer and -MountedLayer out");
        }

        if (Image is not null || Layer is not null)
        {
            HcsHost host = HostOfContainer();
            ImageProperties? image =
                Image is null ? null : await ImageNames.FindAsync(host, Image, deadline).ConfigureAwait(false);
            ScratchPlan? scratch =
                await ContainerLayers.CompleteAsync(host, config, image, KeepScratch, deadline).ConfigureAwait(false);
            _owned = image is null && scratch is null ? null : new OwnershipPlan { Scratch = scratch, Image = image };
        }

        if (KeepScratch && _owned?.Scratch is null)
        {
            throw new HcsDocumentException(
                nameof(KeepScratch), "the command makes no scratch here; it makes one for -Image or -Layer, without -VolumePath");
        }
    }

    /// <summary>Looks up the network, and plans the endpoint on it.</summary>
    private async Task PlanEndpointAsync(ContainerConfig config, Deadline deadline)
    {
        if (Network is null)
        {
            if (PortMapping is not null)
            {
                throw new HcsDocumentException(
                    nameof(PortMapping), "a container without a network has no ports; name one, such as -Network nat");
            }

            return;
        }

        if (NetworkSharedContainerName is not null)
        {
            throw new HcsDocumentException(
                nameof(Network), "a container on the network of another one has no endpoint of its own; leave -Network out");
        }

        HcsHost host = HostOfContainer();
        HostComputeNetwork network = await NetworkChoice.FindAsync(host, Network, deadline).ConfigureAwait(false);
        HostComputeEndpoint endpoint = new()
        {
            Name = Id ?? Name,
            HostComputeNetwork = HostComputeObject.IdText(network.Guid),
            Policies = PolicyDraft.Of(PortMapping, null),
        };

        // As Docker does on NAT, so that a container finds another by its short name where a server knows it.
        config.AllowUnqualifiedDNSQuery |= SchemaVersion.Major == 1 && NetworkChoice.IsNat(network)
            && !host.UnenforcedContainerMembers.Contains(nameof(AllowUnqualifiedDNSQuery));
        _owned = (_owned ?? new OwnershipPlan()) with
        {
            Endpoints = [NetworkDraft.Complete(endpoint, network, null)],
            HasNamespace = SchemaVersion.Major > 1,
        };
    }

    // Schema 2 knows the scratch by its volume alone.
    private string? FolderOf(HcsMountedLayer mounted) => SchemaVersion.Major > 1 ? null : mounted.LayerFolderPath;

    private void RefuseOtherStorage()
    {
        string[] storage = [nameof(VolumePath), nameof(LayerFolderPath), nameof(Layer)];
        if (storage.FirstOrDefault(MyInvocation.BoundParameters.ContainsKey) is { } other)
        {
            throw new HcsDocumentException(
                nameof(MountedLayer), $"a mounted scratch has its own {other}; leave -{other} out");
        }
    }

    /// <summary>True for a parameter, other than the name itself, that cannot be used with a configuration.</summary>
    private bool IsForName(string parameter) =>
        parameter != nameof(Name)
        && MyInvocation.MyCommand.Parameters.TryGetValue(parameter, out ParameterMetadata? known)
        && known.ParameterSets.Count == 1
        && known.ParameterSets.ContainsKey(ParameterSet);

    private void Process(string source, object value) =>
        Guard($"create a container from {source}", source, () =>
        {
            var row = ConfigurationRow.Of(value);
            HcsDocument document = DocumentReader.ReadConfiguration(row.Configuration);
            WithParametersOf(row, () =>
            {
                if (document is ComputeSystem whole)
                {
                    Process(whole);
                }
                else
                {
                    WarnOfEmpty((ContainerConfig)document);
                    Process((ContainerConfig)document);
                }
            });
        });

    private void WarnOfEmpty(ContainerConfig config)
    {
        if (Id is null && ContainerConfigRules.Empty(config) is not null)
        {
            WriteWarning("The configuration is empty: the container gets a new id and the default values.");
        }
    }

    /// <summary>Takes the parameters of a row where the command line has none.</summary>
    private void WithParametersOf(ConfigurationRow row, Action create)
    {
        (string? id, SchemaVersion version, SwitchParameter start, int? seconds) = (Id, SchemaVersion, Start, TimeoutSec);
        try
        {
            Id ??= row.Id;
            SchemaVersion = IsGiven(nameof(SchemaVersion)) ? version : row.SchemaVersion ?? version;
            Start = IsGiven(nameof(Start)) ? start : row.Start ?? start;
            TimeoutSec = IsGiven(nameof(TimeoutSec)) ? seconds : row.TimeoutSec ?? seconds;
            create();
        }
        finally
        {
            (Id, SchemaVersion, Start, TimeoutSec) = (id, version, start, seconds);
        }

        bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);
    }

    private void ProcessFiles(IEnumerable<(string Path, string Text)> files)
    {
        foreach ((string path, string text) in files)
        {
            Process($"'{path}'", text);
        }
    }

    private ContainerConfig FromParameters() => new()
    {
        Name = Name,
        Owner = Owner,
        VolumePath = MountedLayer?.VolumePath ?? VolumePath,
        IgnoreFlushesDuringBoot = IgnoreFlushesDuringBoot,
        LayerFolderPath = MountedLayer is { } scratch ? FolderOf(scratch) : ScratchFolder(),
        Layers = MountedLayer is { } mounted ? [.. mounted.Layers] : Layer is null ? null : [.. Layer.Select(WithFullPath)],
        Credentials = Credentials,
        ProcessorCount = ProcessorCount,
        ProcessorWeight = ProcessorWeight,
        ProcessorMaximum = ProcessorMaximum,
        StorageIOPSMaximum = StorageIOPSMaximum,
        StorageBandwidthMaximum = StorageBandwidthMaximum,
        StorageSandboxSize = StorageSandboxSize,
        MemoryMaximumInMB = MemoryMaximumInMB,
        HostName = HostName,
        MappedDirectories = MappedDirectory,
        MappedPipes = MappedPipe,
        HvPartition = HvPartition,
        NetworkSharedContainerName = NetworkSharedContainerName,
        EndpointList = EndpointList,
        HvRuntime = HvRuntime,
        Servicing = Servicing,
        AllowUnqualifiedDNSQuery = AllowUnqualifiedDNSQuery,
        DNSSearchList = DNSSearchList,
        ContainerType = ContainerType,
        TerminateOnLastHandleClosed = TerminateOnLastHandleClosed,
        MappedVirtualDisks = MappedVirtualDisk,
    };

    /// <summary>A layer without an id is a folder that the user named from where the session is.</summary>
    private Layer WithFullPath(Layer layer) =>
        string.IsNullOrEmpty(layer.ID) && layer.Path is { Length: > 0 } path
            ? new Layer { Path = TypedPaths.OfLayers.Literal(SessionState.Path, path) }
            : layer;

    /// <summary>A scratch that the command makes or mounts is named from where the session is, too.</summary>
    private string? ScratchFolder() =>
        (Image is not null || Layer is not null) && VolumePath is null && LayerFolderPath is { Length: > 0 } path
            ? TypedPaths.OfLayers.Literal(SessionState.Path, path)
            : LayerFolderPath;

    private void Process(ContainerConfig config) =>
        Complete(Id ?? config.Name, () => ContainerDraft.Complete(config, Id, SchemaVersion, AdditionalJson));

    /// <summary>Takes a whole schema 2 document.</summary>
    private void Process(ComputeSystem document) =>
        Complete(Id, () => ContainerDraft.Whole(document, Id, AdditionalJson));

    private void Complete(string? id, Func<ContainerDraft> draft)
    {
        // The id is recorded even if the creation fails: the clean-up after a failure must not end the containers that
        // the id would match as a pattern.
        KnownIds.Add(id);
        Guard(id is null ? "create a container" : $"create container '{id}'", id, () => Create(HostOfContainer(), draft()));
    }

    /// <summary>The host that the command names, or that of the objects it was given, which must all be of that host.</summary>
    private HcsHost HostOfContainer()
    {
        HcsHost? host = NamedHost;
        foreach ((object given, HcsHost home) in Homes())
        {
            host ??= home;
            if (home != host)
            {
                throw new HostMismatchException(
                    $"Cannot create a container on host '{host}' with {NamedObject.Shown(given)}, which is on host '{home}'.");
            }
        }

        return host is null ? ResolveHost() : RequireHere(host);
    }

    private IEnumerable<(object Given, HcsHost Home)> Homes()
    {
        if (MountedLayer is { } mounted)
        {
            yield return (mounted, mounted.Host);
        }

        foreach (string? given in new[] { Image, Network }.Concat(EndpointList ?? []))
        {
            if (given is not null && NamedObject.Of(given)?.Host is { } home)
            {
                yield return (given, home);
            }
        }
    }

    private void Create(HcsHost host, ContainerDraft draft)
    {
        WriteVerboseDocument(draft.Document, draft.Type);
        UnenforcedMembers.Warn(this, host, draft);
        bool starts = Start;
        var from = new CreatedFrom(draft.Document, draft.Version) { Owned = _owned };
        if (Approve($"container '{draft.Id}' on host '{host.Name}'", "Create"))
        {
            Dispatch(
                $"create container '{draft.Id}'",
                draft.Id,
                (output, deadline) => CreateAsync(host, draft, from, starts, output, deadline));
        }
    }

    private static async Task CreateAsync(
        HcsHost host, ContainerDraft draft, CreatedFrom from, bool starts, ICommandOutput output, Deadline deadline)
    {
        ContainerProperties known = draft.Describe(starts ? "Running" : "Created");
        await SweepAsync(host, output, deadline).ConfigureAwait(false);
        try
        {
            await ContainerCreation.RunAsync(
                host,
                draft.Id,
                from,
                left: null,
                starts,
                async created => output.Object(
                    await ContainerTarget.DescribeAsync(host, created.Handle, known, output, deadline).ConfigureAwait(false)),
                output,
                deadline).ConfigureAwait(false);
        }
        catch (HcsException e) when (e.Is(HResult.PortAlreadyExists) && from.Owned is { } owned)
        {
            HcsPortMapping[] ports = [.. owned.Endpoints.SelectMany(HcsEndpoint.PortsOf)];
            throw await PortUse.ExplainAsync(host, e, ports, deadline).ConfigureAwait(false);
        }
    }

    /// <summary>Removes what containers own that have gone without it. A failure does not concern the new container.</summary>
    private static async Task SweepAsync(HcsHost host, ICommandOutput output, Deadline deadline)
    {
        try
        {
            await host.Ownership.SweepAsync(output.Verbose, () => deadline).ConfigureAwait(false);
        }
        catch (Exception e) when (ContainerOwnership.IsRefusal(e))
        {
            output.Verbose($"What earlier containers have left cannot be looked for: {HcsErrors.Reason(e)}");
        }
    }
}
