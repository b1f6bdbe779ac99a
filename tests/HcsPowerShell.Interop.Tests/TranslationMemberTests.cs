using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Translation;
using Xunit;

namespace HcsPowerShell.Interop.Tests;

/// <summary>
/// Tests that each member of schema 1, set alone, becomes the one member of schema 2 with the same meaning, or is
/// refused by name.
/// </summary>
public sealed class TranslationMemberTests
{
    private const string Refused = "refused";

    private static readonly SchemaVersion s_version = new() { Major = 2, Minor = 1 };

    // The member, its text in schema 1, and the content of the schema 2 container that results.
    private static readonly (string Member, string First, string Second)[] s_container =
    [
        ("VolumePath", "\"V:\"", """{"Storage":{"Path":"V:\\"}}"""),
        ("IgnoreFlushesDuringBoot", "true", Refused),
        ("LayerFolderPath", "\"L\"", Refused),
        ("Layers", """[{"ID":"i","Path":"p"}]""", """{"Storage":{"Layers":[{"Id":"i","Path":"p"}]}}"""),
        ("Credentials", "\"c\"", Refused),
        ("ProcessorCount", "3", """{"Processor":{"Count":3}}"""),
        ("ProcessorWeight", "4", """{"Processor":{"Weight":4}}"""),
        ("ProcessorMaximum", "5", """{"Processor":{"Maximum":5}}"""),
        ("StorageIOPSMaximum", "6", """{"Storage":{"QoS":{"IopsMaximum":6}}}"""),
        ("StorageBandwidthMaximum", "7", """{"Storage":{"QoS":{"BandwidthMaximum":7}}}"""),
        ("StorageSandboxSize", "8", Refused),
        ("MemoryMaximumInMB", "10", """{"Memory":{"SizeInMB":10}}"""),
        ("HostName", "\"h\"", """{"GuestOs":{"HostName":"h"}}"""),
        (
            "MappedDirectories",
            """[{"HostPath":"a","ContainerPath":"b","ReadOnly":true},{"HostPath":"c","ContainerPath":"d"}]""",
            """{"MappedDirectories":[{"HostPath":"a","ContainerPath":"b","ReadOnly":true},{"HostPath":"c","ContainerPath":"d"}]}"""),
        (
            "MappedPipes",
            """[{"HostPath":"a","ContainerPipeName":"b"}]""",
            """{"MappedPipes":[{"ContainerPipeName":"b","HostPath":"a"}]}"""),
        ("HvPartition", "true", Refused),
        ("NetworkSharedContainerName", "\"n\"", """{"Networking":{"NetworkSharedContainerName":"n"}}"""),
        ("EndpointList", "[\"e\"]", Refused),
        ("HvRuntime", "{}", Refused),
        ("Servicing", "true", Refused),
        ("AllowUnqualifiedDNSQuery", "true", """{"Networking":{"AllowUnqualifiedDnsQuery":true}}"""),
        ("DNSSearchList", "\"d\"", """{"Networking":{"DnsSearchList":"d"}}"""),
        ("ContainerType", "\"Linux\"", Refused),
        ("MappedVirtualDisks", """[{"HostPath":"v","ContainerPath":"w"}]""", Refused),
        ("SystemType", "\"Container\"", "{}"),
        ("Name", "\"the id\"", "{}"),
    ];

    // The same for the members outside the container.
    private static readonly (string Member, string First, string Second)[] s_system =
    [
        ("Owner", "\"o\"", """{"Owner":"o","SchemaVersion":{"Major":2,"Minor":1},"Container":{}}"""),
        (
            "TerminateOnLastHandleClosed",
            "true",
            """{"SchemaVersion":{"Major":2,"Minor":1},"Container":{},"ShouldTerminateOnLastHandleClosed":true}"""),
    ];

    private static readonly (string Member, string First, string Second)[] s_process =
    [
        ("ApplicationName", "\"a\"", """{"ApplicationName":"a"}"""),
        ("CommandLine", "\"c\"", """{"CommandLine":"c"}"""),
        ("CommandArgs", "[\"x\",\"y\"]", """{"CommandArgs":["x","y"]}"""),
        ("User", "\"u\"", """{"User":"u"}"""),
        ("WorkingDirectory", "\"w\"", """{"WorkingDirectory":"w"}"""),
        ("Environment", """{"K":"v"}""", """{"Environment":{"K":"v"}}"""),
        ("EmulateConsole", "true", """{"EmulateConsole":true}"""),
        ("CreateStdInPipe", "true", """{"CreateStdInPipe":true}"""),
        ("CreateStdOutPipe", "true", """{"CreateStdOutPipe":true}"""),
        ("CreateStdErrPipe", "true", """{"CreateStdErrPipe":true}"""),
        ("ConsoleSize", "[24,80]", """{"ConsoleSize":[24,80]}"""),
        ("CreateInUtilityVm", "true", Refused),
        ("OCISpecification", "{}", Refused),
    ];

    public static TheoryData<string, string, string> ContainerMembers =>
    [
        .. s_system.Select(row => (row.Member, row.First, row.Second)),
        .. s_container.Select(row => (row.Member, row.First, Second: row.Second == Refused
            ? Refused
            : $$"""{"SchemaVersion":{"Major":2,"Minor":1},"Container":{{row.Second}}}""")),
    ];

    public static TheoryData<string, string, string> ProcessMembers => [.. s_process];

    /// <summary>The members that schema 2 can express, which are read back into schema 1.</summary>
    public static TheoryData<string, string, string> Counterparts =>
        [.. s_system.Concat(s_container).Where(row => row.Second is not (Refused or "{}"))];

    [Theory]
    [MemberData(nameof(ContainerMembers))]
    public void A_member_of_a_container_arrives_alone(string member, string first, string second) =>
        Arrives(member, second, () => HcsJson.Write(ContainerTranslation.ToComputeSystem(
            HcsJson.Read<ContainerConfig>($$"""{"{{member}}":{{first}}}"""), s_version)));

    [Theory]
    [MemberData(nameof(ProcessMembers))]
    public void A_member_of_a_process_arrives_alone(string member, string first, string second) =>
        Arrives(member, second, () => HcsJson.Write(
            ProcessTranslation.ToProcessParameters(HcsJson.Read<ProcessConfig>($$"""{"{{member}}":{{first}}}"""))));

    [Theory]
    [MemberData(nameof(Counterparts))]
    public void A_member_of_a_container_comes_back_alone(string member, string first, string second)
    {
        _ = second;
        ContainerConfig there = HcsJson.Read<ContainerConfig>($$"""{"{{member}}":{{first}}}""");
        ContainerConfig back = ComputeSystemTranslation.ToContainerConfig(
            ContainerTranslation.ToComputeSystem(there, s_version));
        there.SystemType = "Container";
        Assert.Equal(HcsJson.Write(there), HcsJson.Write(back));
    }

    [Theory]
    [InlineData("Hyper-V", true)]
    [InlineData("VirtualMachine", true)]
    [InlineData("CONTAINER", false)]
    [InlineData("", false)]
    public void Only_a_container_is_translated(string type, bool isRefused) =>
        IsRefused(nameof(ContainerConfig.SystemType), isRefused, new ContainerConfig { SystemType = type });

    [Theory]
    [InlineData("Linux", true)]
    [InlineData("windows", false)]
    [InlineData("", false)]
    public void Only_a_container_of_Windows_is_translated(string type, bool isRefused) =>
        IsRefused(nameof(ContainerConfig.ContainerType), isRefused, new ContainerConfig { ContainerType = type });

    [Fact]
    public void The_tables_name_every_member()
    {
        Assert.Equal(Members(typeof(ContainerConfig)), s_system.Concat(s_container).Select(row => row.Member).Order());
        Assert.Equal(Members(typeof(ProcessConfig)), s_process.Select(row => row.Member).Order());
    }

    private static IEnumerable<string> Members(Type type) => HcsJson.TypeInfo(type).Properties
        .Where(p => !p.IsExtensionData && p.Get is not null).Select(p => p.Name).Order();

    private static void Arrives(string member, string second, Func<string> write)
    {
        if (second == Refused)
        {
            Assert.Equal(member, Assert.Throws<HcsTranslationException>(write).Member);
        }
        else
        {
            Assert.Equal(second, write());
        }
    }

    private static void IsRefused(string member, bool isRefused, ContainerConfig config)
    {
        Exception? refusal = Record.Exception(() => ContainerTranslation.ToComputeSystem(config, s_version));
        if (isRefused)
        {
            Assert.Equal(member, Assert.IsType<HcsTranslationException>(refusal).Member);
        }
        else
        {
            Assert.Null(refusal);
        }
    }
}
