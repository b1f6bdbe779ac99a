using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using HcsPowerShell.Documents;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Completion;

/// <summary>
/// Completes a parameter that takes a hashtable and has no type that tells its keys: with whole hashtables, each of which the
/// command takes.
/// </summary>
public abstract class HashtableCompleter : IArgumentCompleter
{
    private protected HashtableCompleter()
    {
    }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Offers(fakeBoundParameters)
            .Where(offer => offer.Text.StartsWith(wordToComplete ?? string.Empty, StringComparison.OrdinalIgnoreCase))
            .Select(offer => new CompletionResult(offer.Text, offer.Text, CompletionResultType.ParameterValue, offer.Tip));

    /// <summary>The hashtables, and what each stands for.</summary>
    private protected abstract IEnumerable<(string Text, string Tip)> Offers(IDictionary bound);
}

/// <summary>Completes -Configuration: a small configuration of either schema.</summary>
public sealed class ConfigurationCompleter : HashtableCompleter
{
    private protected override IEnumerable<(string Text, string Tip)> Offers(IDictionary bound) =>
    [
        ("@{ Name = 'web'; ProcessorCount = 2; MemoryMaximumInMB = 512 }", "A container, in the members of schema 1"),
        ("@{ SchemaVersion = @{ Major = 2; Minor = 1 }; Container = @{ Memory = @{ SizeInMB = 512 } } }", "A container of schema 2"),
    ];
}

/// <summary>Completes -Configuration of a network: a small document.</summary>
public sealed class NetworkConfigurationCompleter : HashtableCompleter
{
    private protected override IEnumerable<(string Text, string Tip)> Offers(IDictionary bound) =>
    [
        ("@{ Name = 'nat'; Type = 'NAT' }", "A network whose prefix the service chooses"),
        (
            "@{ Name = 'nat'; Type = 'NAT'; Ipams = @(@{ Type = 'Static'; Subnets = @(@{ IpAddressPrefix = '172.30.0.0/24'; "
            + "Routes = @(@{ NextHop = '172.30.0.1'; DestinationPrefix = '0.0.0.0/0' }) }) }) }",
            "A network with a prefix and its gateway"),
    ];
}

/// <summary>Completes -Policy of an endpoint: policies that administrators use.</summary>
public sealed class PolicyCompleter : HashtableCompleter
{
    private protected override IEnumerable<(string Text, string Tip)> Offers(IDictionary bound) =>
    [
        (DocumentTransformationAttribute.ExampleOf(typeof(HostComputePolicy)), "Incoming traffic is blocked"),
        ("@{ Type = 'QOS'; Settings = @{ MaximumOutgoingBandwidthInBytes = 1000000 } }", "Outgoing traffic, in bytes per second"),
        ("@{ Type = 'OutBoundNAT'; Settings = @{ Exceptions = @('10.0.0.0/8') } }", "Prefixes that are reached without NAT"),
    ];
}

/// <summary>Completes -FaultPlan: a rule for each kind of fault.</summary>
public sealed class FaultPlanCompleter : HashtableCompleter
{
    private protected override IEnumerable<(string Text, string Tip)> Offers(IDictionary bound) =>
    [
        ("@{ Operation = 'Start'; HResult = '0x80370110' }", "The call is refused with this code"),
        ("@{ Operation = 'Create'; Nth = 2; HResult = '0x80070005' }", "The second call is refused"),
        ("@{ Operation = 'Start'; DelaySec = 2 }", "The call takes this much longer"),
        ("@{ Operation = 'Pause'; LostNotification = $true }", "The call is made, and its end is never told"),
        ("@{ Operation = 'Wait'; LateNotificationSec = 2 }", "The end of the call is told this much later"),
        ("@{ Operation = 'Resume'; RepeatedNotification = $true }", "The end of the call is told twice"),
        ("@{ Operation = 'Statistics'; Answer = '{}' }", "The call returns this document"),
        ("@{ Operation = 'Properties'; ServiceDisconnect = $true }", "The service goes while the call is made"),
        ("@{ Operation = 'MountLayer'; HResult = '0x80070020' }", "The mount of a layer is refused"),
        ("@{ Operation = 'ImportImage'; DelaySec = 2 }", "The import of an image takes this much longer"),
        ("@{ Operation = 'CreateEndpoint'; HResult = 'HCN_E_PORT_ALREADY_EXISTS' }", "The port of an endpoint is refused"),
    ];
}

/// <summary>Completes -Request: requests of schema 2 for a running container.</summary>
public sealed class RequestCompleter : HashtableCompleter
{
    private protected override IEnumerable<(string Text, string Tip)> Offers(IDictionary bound) =>
    [
        Offer("Container/Memory/SizeInMB", "Update", "512", "The memory limit, in MiB"),
        Offer("Container/Processor", "Update", "@{ Maximum = 5000; Weight = 100 }", "The processor limit, in percent times 100"),
        Offer(
            "Container/MappedDirectories",
            "Add",
            "@{ HostPath = 'C:\\data'; ContainerPath = 'C:\\data'; ReadOnly = $true }",
            "A folder of the host"),
        Offer(
            "Container/MappedPipes",
            "Add",
            "@{ HostPath = '\\\\.\\pipe\\web'; ContainerPipeName = 'web' }",
            "A named pipe of the host"),
    ];

    private static (string Text, string Tip) Offer(string path, string type, string settings, string tip) =>
        ($"@{{ ResourcePath = '{path}'; RequestType = '{type}'; Settings = {settings} }}", tip);
}

/// <summary>Completes -Settings: the settings of a virtual disk, unless another -ResourceType is given.</summary>
public sealed class SettingsCompleter : HashtableCompleter
{
    private protected override IEnumerable<(string Text, string Tip)> Offers(IDictionary bound) =>
        bound["ResourceType"] is null or nameof(MappedVirtualDisk)
            ? [(DocumentTransformationAttribute.ExampleOf(typeof(MappedVirtualDisk)), "A virtual disk of the host")]
            : [];
}
