using System;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Translation;
using Xunit;

namespace HcsPowerShell.Native.Tests.Documents;

public sealed class TranslationTests
{
    private static readonly SchemaVersion s_version = new() { Major = 2, Minor = 1 };

    [Fact]
    public void Every_member_with_a_counterpart_arrives()
    {
        const string First = """
            {"SystemType":"Container","Name":"c1","Owner":"sample",
            "VolumePath":"\\\\?\\Volume{66d1ef4c-7a00-11e6-8948-00155ddbef9d}",
            "Layers":[{"ID":"18955d65-d45a-557b-bf1c-49d6dfefc526","Path":"C:\\layers\\base"}],
            "ProcessorMaximum":5000,"StorageIOPSMaximum":100,"StorageBandwidthMaximum":200,"MemoryMaximumInMB":1024,
            "HostName":"c1","MappedDirectories":[{"HostPath":"C:\\größe","ContainerPath":"C:\\src","ReadOnly":true}],
            "MappedPipes":[{"HostPath":"\\\\.\\pipe\\a","ContainerPipeName":"b"}],"HvPartition":false,
            "NetworkSharedContainerName":"c0","AllowUnqualifiedDNSQuery":true,"DNSSearchList":"a.example,b.example",
            "TerminateOnLastHandleClosed":true,"AssignedDevices":[{"InterfaceClassGuid":"x"}]}
            """;
        const string Second = """
            {"Owner":"sample","SchemaVersion":{"Major":2,"Minor":1},"Container":{"GuestOs":{"HostName":"c1"},
            "Storage":{"Layers":[{"Id":"18955d65-d45a-557b-bf1c-49d6dfefc526","Path":"C:\\layers\\base"}],
            "Path":"\\\\?\\Volume{66d1ef4c-7a00-11e6-8948-00155ddbef9d}\\",
            "QoS":{"IopsMaximum":100,"BandwidthMaximum":200}},
            "MappedDirectories":[{"HostPath":"C:\\größe","ContainerPath":"C:\\src","ReadOnly":true}],
            "MappedPipes":[{"ContainerPipeName":"b","HostPath":"\\\\.\\pipe\\a"}],"Memory":{"SizeInMB":1024},
            "Processor":{"Maximum":5000},"Networking":{"AllowUnqualifiedDnsQuery":true,
            "DnsSearchList":"a.example,b.example","NetworkSharedContainerName":"c0"},
            "AssignedDevices":[{"InterfaceClassGuid":"x"}]},"ShouldTerminateOnLastHandleClosed":true}
            """;
        Assert.Equal(
            Second.ReplaceLineEndings(string.Empty),
            HcsJson.Write(ContainerTranslation.ToComputeSystem(HcsJson.Read<ContainerConfig>(First), s_version)));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(1023, 1024)]
    [InlineData(long.MaxValue, 9223372036854775808)]
    public void Memory_is_rounded_up_to_an_even_number_of_megabytes(long first, ulong second) => Assert.Equal(
        second,
        ContainerTranslation.ToComputeSystem(new ContainerConfig { MemoryMaximumInMB = first }, s_version)
            .Container!.Memory!.SizeInMB);

    [Fact]
    public void What_is_not_set_is_not_written() => Assert.Equal(
        """{"SchemaVersion":{"Major":2,"Minor":1},"Container":{}}""",
        HcsJson.Write(ContainerTranslation.ToComputeSystem(new ContainerConfig(), s_version)));

    [Theory]
    [InlineData("""{"SystemType":"VirtualMachine"}""", "SystemType")]
    [InlineData("""{"HvPartition":true}""", "HvPartition")]
    [InlineData("""{"HvRuntime":{}}""", "HvRuntime")]
    [InlineData("""{"IgnoreFlushesDuringBoot":true}""", "IgnoreFlushesDuringBoot")]
    [InlineData("""{"LayerFolderPath":"C:\\x"}""", "LayerFolderPath")]
    [InlineData("""{"Credentials":"secret"}""", "Credentials")]
    [InlineData("""{"StorageSandboxSize":1}""", "StorageSandboxSize")]
    [InlineData("""{"EndpointList":["a"]}""", "EndpointList")]
    [InlineData("""{"Servicing":true}""", "Servicing")]
    [InlineData("""{"ContainerType":"Linux"}""", "ContainerType")]
    [InlineData("""{"MappedVirtualDisks":[{"ContainerPath":"C:\\x"}]}""", "MappedVirtualDisks")]
    [InlineData("""{"MappedDirectories":[{},{"IOPSMaximum":1}]}""", "MappedDirectories[1].IOPSMaximum")]
    [InlineData("""{"MappedDirectories":[{"BandwidthMaximum":1}]}""", "MappedDirectories[0].BandwidthMaximum")]
    [InlineData("""{"MemoryMaximumInMB":-1}""", "MemoryMaximumInMB")]
    [InlineData("""{"Strange":1}""", "Strange")]
    [InlineData("""{"ProcessorCount":1,"ProcessorWeight":2}""", "ProcessorWeight")]
    [InlineData("""{"ProcessorCount":1,"ProcessorMaximum":2}""", "ProcessorMaximum")]
    [InlineData("""{"ProcessorWeight":1,"ProcessorMaximum":2}""", "ProcessorMaximum")]
    public void A_member_without_a_counterpart_is_refused_by_name(string json, string member)
    {
        HcsTranslationException refusal = Assert.Throws<HcsTranslationException>(
            () => ContainerTranslation.ToComputeSystem(HcsJson.Read<ContainerConfig>(json), s_version));
        Assert.Equal(member, refusal.Member);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_keeps_its_members_and_those_only_schema_2_has()
    {
        const string First = """
            {"CommandLine":"a \"b\"","Environment":{"A":"1"},"EmulateConsole":true,"ConsoleSize":[25,80],"RestrictedToken":true}
            """;
        Assert.Equal(
            """{"CommandLine":"a \"b\"","Environment":{"A":"1"},"EmulateConsole":true,"ConsoleSize":[25,80],"RestrictedToken":true}""",
            HcsJson.Write(ProcessTranslation.ToProcessParameters(HcsJson.Read<ProcessConfig>(First))));
    }

    [Theory]
    [InlineData("""{"CreateInUtilityVm":true}""", "CreateInUtilityVm")]
    [InlineData("""{"OCISpecification":{}}""", "OCISpecification")]
    [InlineData("""{"ConsoleSize":[70000,80]}""", "ConsoleSize")]
    public void A_process_member_without_a_counterpart_is_refused_by_name(string json, string member) => Assert.Equal(
        member,
        Assert.Throws<HcsTranslationException>(
            () => ProcessTranslation.ToProcessParameters(HcsJson.Read<ProcessConfig>(json))).Member);
}
