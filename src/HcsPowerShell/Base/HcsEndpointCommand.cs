using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Binding;
using HcsPowerShell.Completion;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Base;

/// <summary>A command that changes endpoints, which the user names by object or by name.</summary>
public abstract class HcsEndpointCommand : HcsCommand
{
    internal const string EndpointSet = "Endpoint";
    internal const string NameSet = "Name";

    private protected HcsEndpointCommand()
    {
    }

    /// <summary>The endpoints, as objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = EndpointSet)]
    [Alias("InputObject")]
    [ValidateNotNullOrEmpty]
    [TargetTransformation(typeof(HcsEndpoint))]
    public HcsEndpoint[] Endpoint { get; set; } = [];

    /// <summary>Names of endpoints; wildcards are allowed, and a guid is an id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(EndpointNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <summary>Runs in the background and returns a job with one child for each endpoint.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter AsJob { get; set; }

    private protected sealed override bool WantsJob => AsJob;

    /// <summary>The verb for messages, as in "Cannot {remove} endpoint 'web'".</summary>
    private protected abstract string Verb { get; }

    /// <inheritdoc/>
    private protected override void ProcessHere()
    {
        var targets = new NetworkTargets<HostComputeEndpoint>(this, Verb);
        foreach ((HcsHost host, HostComputeEndpoint endpoint) in ParameterSetName == NameSet
            ? targets.FromNames(Name)
            : targets.FromObjects(Endpoint.Select(endpoint => ((HcsOutput)endpoint, endpoint.Id))))
        {
            Process(EndpointTarget.Of(host, endpoint), endpoint);
        }

        BeginApproved();
    }

    /// <param name="target">The endpoint.</param>
    /// <param name="endpoint">Its document.</param>
    private protected abstract void Process(EndpointTarget target, HostComputeEndpoint endpoint);

    private protected string Attempt(EndpointTarget target) => $"{Verb} {target}";

    /// <summary>The whole id of a container on the host of an endpoint; null when it cannot be used, which is an error.</summary>
    /// <param name="target">The endpoint.</param>
    /// <param name="container">An id, the beginning of one, or what stands for an object.</param>
    private protected string? FindContainer(EndpointTarget target, string container)
    {
        string? whole = null;
        GuardWithin(Attempt(target), target.Name, deadline =>
        {
            if (NamedObject.Of(container) is not { } named)
            {
                whole = ContainerTargets.Resolve(this, target.Host, container, deadline);
            }
            else if (named.Host == target.Host)
            {
                whole = container;
            }
            else
            {
                throw new HostMismatchException(
                    $"Cannot {Attempt(target)}: it lives on host '{target.Host}', and container '{container}' on '{named.Host}'.");
            }
        });
        return whole;
    }

    private protected bool ApproveOn(EndpointTarget target, string action) =>
        Approve($"{target} on host '{target.Host.Name}'", action);
}
