using System;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Coverage;

/// <summary>Every member of the structs that create a container can be set, and comes out in the document.</summary>
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
        string name = parameter.Contains("-Name", StringComparison.Ordinal) ? string.Empty : "-Name web ";
        ScriptResult result = session.Run($"New-HcsContainer {name}{parameter} -WhatIf -Verbose").RequireNoErrors();
        Assert.Contains(result.Verbose, v => v.StartsWith("Document: ", StringComparison.Ordinal) && v.Contains(member, StringComparison.Ordinal));
    }
}
