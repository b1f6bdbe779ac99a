using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Coverage;

/// <summary>
/// Tests that every member of the structs that create a container can be set, and appears in the document.
/// </summary>
public sealed class ContainerMembersTests(Session session) : IClassFixture<Session>
{
    [Theory]
    [InlineData("-Name web", "\"SystemType\":\"Container\"")]
    [InlineData("-Name web", "\"Name\":\"web\"")]
    [InlineData("-Owner me", "\"Owner\":\"me\"")]
    [InlineData(@"-VolumePath '\\?\Volume{1}'", @"""VolumePath"":""\\\\?\\Volume{1}""")]
    [InlineData("-IgnoreFlushesDuringBoot", "\"IgnoreFlushesDuringBoot\":true")]
    [InlineData("-LayerFolderPath /s", "\"LayerFolderPath\":\"/s\"")]
    [InlineData("-Layer @{ ID = '1'; Path = '/l' }, @{ ID = '2'; Path = '/m' }", "\"Layers\":[{\"ID\":\"1\",\"Path\":\"/l\"},{\"ID\":\"2\",\"Path\":\"/m\"}]")]
    [InlineData("-Credentials S3CRET", "\"Credentials\":\"***\"")]
    [InlineData("-ProcessorCount 2", "\"ProcessorCount\":2")]
    [InlineData("-ProcessorWeight 300", "\"ProcessorWeight\":300")]
    [InlineData("-ProcessorMaximum 5000", "\"ProcessorMaximum\":5000")]
    [InlineData("-StorageIOPSMaximum 18446744073709551615", "\"StorageIOPSMaximum\":18446744073709551615")]
    [InlineData("-StorageBandwidthMaximum 7", "\"StorageBandwidthMaximum\":7")]
    [InlineData("-StorageSandboxSize 20GB", "\"StorageSandboxSize\":21474836480")]
    [InlineData("-MemoryMaximumInMB 512", "\"MemoryMaximumInMB\":512")]
    [InlineData("-HostName h", "\"HostName\":\"h\"")]
    [InlineData("-MappedDirectory @{ HostPath = '/h'; ContainerPath = '/c' }", "\"MappedDirectories\":[{\"HostPath\":\"/h\",\"ContainerPath\":\"/c\"")]
    [InlineData("-MappedDirectory '/h:/c:ro'", "\"ReadOnly\":true")]
    [InlineData("-MappedDirectory @{ HostPath = '/h'; ContainerPath = '/c'; BandwidthMaximum = 8; IOPSMaximum = 9 }", "\"BandwidthMaximum\":8,\"IOPSMaximum\":9")]
    [InlineData("-MappedPipe '/run/p:p'", "\"MappedPipes\":[{\"HostPath\":\"/run/p\",\"ContainerPipeName\":\"p\"}]")]
    [InlineData("-HvPartition", "\"HvPartition\":true")]
    [InlineData("-NetworkSharedContainerName db", "\"NetworkSharedContainerName\":\"db\"")]
    [InlineData("-EndpointList e1, e2", "\"EndpointList\":[\"e1\",\"e2\"]")]
    [InlineData("-HvRuntime @{ ImagePath = '/u'; SkipTemplate = $true }", "\"HvRuntime\":{\"ImagePath\":\"/u\",\"SkipTemplate\":true}")]
    [InlineData(
        "-HvRuntime @{ LinuxInitrdFile = 'i'; LinuxKernelFile = 'k'; LinuxBootParameters = 'p' }",
        "{\"LinuxInitrdFile\":\"i\",\"LinuxKernelFile\":\"k\",\"LinuxBootParameters\":\"p\"}")]
    [InlineData("-HvRuntime @{ BootSource = 'Vhd'; WritableBootSource = $true }", "{\"BootSource\":\"Vhd\",\"WritableBootSource\":true}")]
    [InlineData("-Servicing", "\"Servicing\":true")]
    [InlineData("-AllowUnqualifiedDNSQuery", "\"AllowUnqualifiedDNSQuery\":true")]
    [InlineData("-DNSSearchList 'a.example,b.example'", "\"DNSSearchList\":\"a.example,b.example\"")]
    [InlineData("-ContainerType Linux", "\"ContainerType\":\"Linux\"")]
    [InlineData("-TerminateOnLastHandleClosed", "\"TerminateOnLastHandleClosed\":true")]
    [InlineData(
        "-MappedVirtualDisk @{ HostPath = '/d.vhdx'; ContainerPath = '/d'; CreateInUtilityVM = $true; ReadOnly = $true; Cache = 'Enabled'; AttachOnly = $true }",
        "\"MappedVirtualDisks\":[{\"HostPath\":\"/d.vhdx\",\"ContainerPath\":\"/d\",\"CreateInUtilityVM\":true,\"ReadOnly\":true,\"Cache\":\"Enabled\",\"AttachOnly\":true}]")]
    public void A_parameter_is_its_member(string parameter, string member)
    {
        bool isName = parameter.Contains("-Name", StringComparison.Ordinal);
        string document = Document((isName ? string.Empty : "-Name web ") + parameter);
        Assert.Contains(member, document, StringComparison.Ordinal);

        // Nothing else changes: at most one member differs from the document without the parameter.
        Dictionary<string, string> before = Members(Document("-Name web"));
        Dictionary<string, string> after = Members(document);
        Assert.Empty(before.Keys.Except(after.Keys));
        Assert.Equal(isName ? 0 : 1, after.Count(m => !before.TryGetValue(m.Key, out string? value) || value != m.Value));
    }

    [Theory]
    [InlineData("{ \"ProcessorMaximum\": 10001 }", "ProcessorMaximum")]
    [InlineData("{ \"MappedDirectories\": [{ \"HostPath\": \"/h\" }] }", "MappedDirectories[0].ContainerPath")]
    public void A_member_of_additional_json_is_checked_as_a_parameter_is(string json, string member) => Assert.Contains(
        member,
        session.Run("New-HcsContainer web -AdditionalJson $json -WhatIf", ("json", json))
            .RequireError("HcsInvalidConfiguration", ErrorCategory.InvalidData).ToString(),
        StringComparison.Ordinal);

    private static Dictionary<string, string> Members(string document)
    {
        using JsonDocument json = JsonDocument.Parse(document);
        return json.RootElement.EnumerateObject().ToDictionary(m => m.Name, m => m.Value.GetRawText());
    }

    private string Document(string parameters)
    {
        const string Start = "Document: ";
        return session.Run($"New-HcsContainer {parameters} -WhatIf -Verbose").RequireNoErrors().Verbose
            .Single(v => v.StartsWith(Start, StringComparison.Ordinal))[Start.Length..];
    }
}
