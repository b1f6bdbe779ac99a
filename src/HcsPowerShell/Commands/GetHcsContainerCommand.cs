using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Completion;
using HcsPowerShell.Errors;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Ownership;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>Lists or finds compute systems (hcsshim <c>GetContainers</c>); keeps no handle.</summary>
[Cmdlet(VerbsCommon.Get, "HcsContainer", DefaultParameterSetName = ContainerSet,
    HelpUri = HelpPages.Address + "Get-HcsContainer.md")]
[OutputType(typeof(HcsContainer), typeof(HcsVirtualMachine))]
public sealed class GetHcsContainerCommand : HcsCommand, IDynamicParameters
{
    private const string Verb = "get";
    private const string ContainerSet = HcsContainerCommand.ContainerSet;
    private const string IdSet = HcsContainerCommand.IdSet;

    private PipedProcess? _process;

    /// <summary>The containers whose current state the command gets.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = ContainerSet)]
    [Alias("InputObject")]
    [TargetTransformation(typeof(HcsContainer))]
    [ArgumentCompleter(typeof(SharedPositionCompleter))]
    [ValidateNotNull]
    public HcsContainer[]? Container { get; set; }

    /// <summary>Ids; wildcards are allowed. An id with a wildcard is first tried as an id.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        ParameterSetName = IdSet)]
    [Alias("ContainerId")]
    [ContainerIdTransformation]
    [ArgumentCompleter(typeof(ContainerIdCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Id { get; set; }

    /// <summary>Names; wildcards are allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NamePatternCompleter))]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <summary>Owners; wildcards are allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(OwnerPatternCompleter))]
    [SupportsWildcards]
    public string[]? Owner { get; set; }

    /// <summary>Container or VirtualMachine.</summary>
    [Parameter]
    [NotBlank]
    public HcsSystemType[]? Type { get; set; }

    /// <summary>States.</summary>
    [Parameter]
    [NotBlank]
    public HcsSystemState[]? State { get; set; }

    /// <inheritdoc/>
    public object? GetDynamicParameters() => (_process = PipedProcess.Of(this, IdSet))?.Parameters;

    /// <inheritdoc/>
    private protected override void BeginHere()
    {
        base.BeginHere();
        RefuseBlank(nameof(Name), Name);
        RefuseBlank(nameof(Owner), Owner);
    }

    /// <inheritdoc/>
    private protected override void ProcessHere()
    {
        var targets = new ContainerTargets(this, Verb);
        if (Container is not null)
        {
            WriteAll(targets.FromObjects(Container));
        }
        else if (Id is not null)
        {
            WriteAll(targets.FromLiteralIds(Id, _process?.ProcessId));
        }
        else
        {
            GuardWithin("list containers", null, deadline => Write(ResolveHost(), id: null, deadline));
        }
    }

    // A variable of type string that was never set is blank, and would match a container without a name or owner.
    private void RefuseBlank(string parameter, string[]? values)
    {
        if (values?.Any(string.IsNullOrWhiteSpace) == true)
        {
            ThrowTerminatingError(HcsErrors.NullArgument(parameter, "it is blank, or holds blank text"));
        }
    }

    private void WriteAll(IEnumerable<ContainerTarget> targets)
    {
        foreach (ContainerTarget target in targets)
        {
            GuardWithin($"{Verb} {target}", target.Id, deadline => Find(target.Host, target.Id, deadline));
        }
    }

    private void Find(HcsHost host, string id, Deadline deadline)
    {
        if (Write(host, id, deadline))
        {
            return;
        }

        if (IdPattern.Parse(id) is not { } pattern)
        {
            string whole = ContainerTargets.Resolve(this, host, id, deadline);
            if (whole == id || !Write(host, whole, deadline))
            {
                throw new HcsException("HcsEnumerateComputeSystems", HResult.SystemNotFound, id);
            }

            return;
        }

        List<string> matching = [];
        Write(host, id: null, deadline, system =>
        {
            bool matches = pattern.IsMatch(system.Id ?? string.Empty);
            if (matches)
            {
                matching.Add(system.Id ?? string.Empty);
            }

            return matches;
        });
        WriteVerbose(IdPattern.Meaning(id, matching));
    }

    /// <summary>Writes each matching container as it is read; the service filters what it can.</summary>
    private bool Write(HcsHost host, string? id, Deadline deadline, Func<ContainerProperties, bool>? also = null)
    {
        bool any = false;
        // Neither waits for the other.
        Task<IReadOnlyDictionary<string, OwnedScratch>> reading = host.Ownership.ReadAllAsync(deadline);
        IEnumerable<ContainerProperties> listed = Await(host.ListAsync(Query(id), deadline));
        IReadOnlyDictionary<string, OwnedScratch> scratches = Await(reading);
        foreach (ContainerProperties system in listed)
        {
            bool found = also?.Invoke(system) ?? true;
            any |= found;
            if (found && Matches(system))
            {
                scratches.TryGetValue(system.Id ?? string.Empty, out OwnedScratch? scratch);
                bool isNamed = id is not null || also is not null;
                WriteObject(Describe(host, system, scratch, isNamed, deadline));
            }
        }

        return any;
    }

    // A list is one call. Only a virtual machine that is named is asked for more, through a handle of its own.
    private HcsContainer Describe(
        HcsHost host, ContainerProperties system, OwnedScratch? scratch, bool isNamed, Deadline deadline)
    {
        var target = new ContainerTarget(host, system.Id ?? string.Empty, null);
        TrackedContainer? tracked = target.Tracked is { IsOpen: true } open ? open : null;
        if (!isNamed || !Same(nameof(HcsSystemType.VirtualMachine), system.SystemType))
        {
            return new HcsContainer(host, system, tracked, scratch);
        }

        MachineDetails? details = null;
        Pipeline.Run(async (output, _) =>
            details = await MachineDetails.ReadAsync(target, output, deadline).ConfigureAwait(false));
        return new HcsVirtualMachine(host, system, tracked, scratch, details!.Memory, details.Processors);
    }

    // The query for an id has no other filter. A container that exists and does not match the filters is not an error.
    private ComputeSystemQuery Query(string? id) => id is not null ? new() { Ids = [id] } : new()
    {
        Names = Exact(Name),
        Owners = Exact(Owner),
        Types = Type?.Select(t => t.ToString()).ToArray(),
    };

    private bool Matches(ContainerProperties system) =>
        Matches(Name, system.Name)
        && Matches(Owner, system.Owner)
        && (Type is null || Type.Any(t => Same(t.ToString(), system.SystemType)))
        && (State is null || State.Any(s => Same(s.ToString(), system.State)));

    // A value with an escape character is a pattern, even without a wildcard.
    private static string[]? Exact(string[]? values) =>
        values is not null && !values.Any(v => WildcardPattern.ContainsWildcardCharacters(v) || v.IndexOf('`') >= 0)
            ? values
            : null;

    private static bool Matches(string[]? patterns, string? value) =>
        patterns is null
        || patterns.Any(p => IdPattern.Of(p).IsMatch(value ?? string.Empty));

    private static bool Same(string wanted, string? value) =>
        string.Equals(wanted, value, StringComparison.OrdinalIgnoreCase);
}
