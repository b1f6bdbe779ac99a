using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Completion;

/// <summary>
/// Tests that every parameter with known values has a completer; the engine completes enumerations and fixed sets.
/// </summary>
public sealed class CompleterTests(Session session) : SessionTests(session)
{
    private static readonly Dictionary<string, string> s_byName = new()
    {
        ["Id"] = "ContainerIdCompleter",
        ["ContainerId"] = "ContainerIdCompleter",
        ["NetworkSharedContainerName"] = "ContainerIdCompleter",
        ["Container"] = "SharedPositionCompleter",
        ["Process"] = "SharedPositionCompleter",
        ["ProcessId"] = "ProcessIdCompleter",
        ["Owner"] = "OwnerCompleter",
        ["HcsHost"] = "HostCompleter",
        ["Encoding"] = "EncodingCompleter",
        ["SchemaVersion"] = "SchemaVersionCompleter",
        ["Configuration"] = "ConfigurationCompleter",
        ["FaultPlan"] = "FaultPlanCompleter",
        ["Request"] = "RequestCompleter",
        ["Settings"] = "SettingsCompleter",
        ["Policy"] = "PolicyCompleter",
    };

    // Empty for a new id, of which no value is known.
    private static readonly Dictionary<string, string> s_byCommand = new()
    {
        ["Get-HcsContainer -Name"] = "NamePatternCompleter",
        ["Get-HcsContainer -Owner"] = "OwnerPatternCompleter",
        ["Connect-HcsHost -Name"] = "HostCompleter",
        ["Disconnect-HcsHost -Name"] = "HostCompleter",
        ["New-HcsContainer -Id"] = string.Empty,
        ["ConvertTo-HcsJson -Id"] = string.Empty,
        ["Get-HcsImage -Name"] = "ImageNameCompleter",
        ["Remove-HcsImage -Name"] = "ImageNameCompleter",
        ["New-HcsContainer -Image"] = "ImageNameCompleter",
        ["Get-HcsNetwork -Name"] = "NetworkNameCompleter",
        ["Get-HcsNetwork -Id"] = string.Empty,
        ["Get-HcsNetwork -Type"] = "NetworkTypeCompleter",
        ["New-HcsNetwork -Configuration"] = "NetworkConfigurationCompleter",
        ["Remove-HcsNetwork -Name"] = "NetworkNameCompleter",
        ["Get-HcsEndpoint -Name"] = "EndpointNameCompleter",
        ["Get-HcsEndpoint -Id"] = string.Empty,
        ["Get-HcsEndpoint -Network"] = "NetworkNameCompleter",
        ["Get-HcsEndpoint -Container"] = "ContainerIdCompleter",
        ["Get-HcsEndpoint -IPAddress"] = "EndpointAddressCompleter",
        ["Get-HcsEndpoint -ExternalPort"] = "EndpointPortCompleter",
        ["New-HcsEndpoint -Network"] = "NetworkNameCompleter",
        ["New-HcsContainer -Network"] = "NetworkNameCompleter",
        ["Set-HcsEndpoint -Name"] = "EndpointNameCompleter",
        ["Remove-HcsEndpoint -Name"] = "EndpointNameCompleter",
        ["Connect-HcsEndpoint -Name"] = "EndpointNameCompleter",
        ["Connect-HcsEndpoint -Container"] = "ContainerIdCompleter",
        ["Disconnect-HcsEndpoint -Name"] = "EndpointNameCompleter",
        ["Disconnect-HcsEndpoint -Container"] = "ContainerIdCompleter",
    };

    [Fact]
    public void Every_parameter_has_the_completer_of_its_kind()
    {
        Dictionary<string, string> completers = Session.Get("Get-Command -Module HcsPowerShell -CommandType Cmdlet")
            .Select(command => (CommandInfo)command.BaseObject)
            .SelectMany(command => command.Parameters.Values.Select(parameter =>
                (Name: $"{command.Name} -{parameter.Name}", Completer: CompleterOf(parameter), Wanted: Wanted(command, parameter))))
            .Where(parameter => parameter.Completer != parameter.Wanted)
            .ToDictionary(parameter => parameter.Name, parameter => $"{parameter.Completer} instead of {parameter.Wanted}");
        Assert.Empty(completers);
    }

    /// <summary>Without this test, the test above would accept commands that no longer exist.</summary>
    [Fact]
    public void The_parameters_named_here_exist() => Assert.All(s_byCommand.Keys, key =>
    {
        string[] words = key.Split(" -");
        Assert.True((bool)Session.Single("(Get-Command $c).Parameters.ContainsKey($p)", ("c", words[0]), ("p", words[1])));
    });

    private static string CompleterOf(ParameterMetadata parameter) =>
        parameter.Attributes.OfType<ArgumentCompleterAttribute>().SingleOrDefault()?.Type.Name ?? string.Empty;

    private static string Wanted(CommandInfo command, ParameterMetadata parameter) =>
        s_byCommand.TryGetValue($"{command.Name} -{parameter.Name}", out string? special) ? special
        : s_byName.TryGetValue(parameter.Name, out string? general) ? general
        : string.Empty;
}
