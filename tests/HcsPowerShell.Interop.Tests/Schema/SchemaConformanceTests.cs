using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Values;
using Xunit;

namespace HcsPowerShell.Interop.Tests.Schema;

/// <summary>Tests that the schema 2 documents agree with the schemas Microsoft publishes, member by member.</summary>
public sealed class SchemaConformanceTests
{
    private static readonly Dictionary<Type, string[]> s_definitionsOf = new()
    {
        [typeof(ComputeSystem)] = ["ComputeSystem"],
        [typeof(HostedSystem)] = ["HostedSystem"],
        [typeof(Container)] = ["Container"],
        [typeof(GuestOs)] = ["GuestOs"],
        [typeof(ContainerStorage)] = ["Storage"],
        [typeof(ContainerLayer)] = ["Layer"],
        [typeof(StorageQoS)] = ["StorageQoS"],
        [typeof(ContainerMappedDirectory)] = ["MappedDirectory"],
        [typeof(ContainerMappedPipe)] = ["MappedPipe"],
        [typeof(ContainerMemory)] = ["Container_Memory", "Memory"],
        [typeof(ContainerProcessor)] = ["Container_Processor", "Processor"],
        [typeof(ContainerNetworking)] = ["Networking"],
        [typeof(SchemaVersion)] = ["Version"],
        [typeof(Documents.Properties)] = ["Properties"],
        [typeof(Statistics)] = ["Statistics"],
        [typeof(ProcessorStats)] = ["ProcessorStats"],
        [typeof(MemoryStats)] = ["MemoryStats"],
        [typeof(StorageStats)] = ["StorageStats"],
        [typeof(ProcessDetails)] = ["ProcessDetails"],
        [typeof(ProcessParameters)] = ["ProcessParameters"],
        [typeof(ProcessStatus)] = ["ProcessStatus"],
        [typeof(ProcessModifyRequest)] = ["ProcessModifyRequest"],
        [typeof(ConsoleSize)] = ["ConsoleSize"],
        [typeof(CloseHandle)] = ["CloseHandle"],
        [typeof(ModifySettingRequest)] = ["ModifySettingRequest"],
        [typeof(SystemQuery)] = ["SystemQuery"],
        [typeof(ServiceProperties)] = ["ServiceProperties"],
        [typeof(PropertyResponse)] = ["PropertyResponse"],
        [typeof(BasicInformation)] = ["BasicInformation"],
        [typeof(ResultError)] = ["ResultError"],
        [typeof(ErrorEvent)] = ["ErrorEvent"],
        [typeof(AttributionRecord)] = ["AttributionRecord"],
        [typeof(WorkerExit)] = ["WorkerExit"],
        [typeof(GuestCrash)] = ["GuestCrash"],
        [typeof(TripleFault)] = ["TripleFault"],
        [typeof(InjectNonMaskableInterrupt)] = ["InjectNonMaskableInterrupt"],
        [typeof(OperationFailure)] = ["OperationFailure"],
        [typeof(SystemExit)] = ["SystemExit"],
        [typeof(VirtualDeviceFailure)] = ["VirtualDeviceFailure"],
        [typeof(SystemExitStatus)] = ["SystemExitStatus"],
        [typeof(NotAQuery)] = ["SystemQuery"],
    };

    public static TheoryData<string> Classes => [.. s_definitionsOf.Keys.Select(t => t.Name).Where(n => n != nameof(NotAQuery))];

    [Theory]
    [MemberData(nameof(Classes))]
    public void A_class_agrees_with_the_schema_of_every_release(string name)
    {
        Type type = s_definitionsOf.Keys.Single(t => t.Name == name);
        Assert.All(Folders(), folder => Assert.Empty(new SchemaComparison(new(folder), s_definitionsOf).Differences(type)));
    }

    [Fact]
    public void What_does_not_agree_is_found() =>
        Assert.Equal(
            [
                "NotAQuery.Extra: not published",
                "NotAQuery.Ids: uint32, published as [string]",
                "NotAQuery.Names: missing",
                "NotAQuery.Owners: published in 2.1",
                "NotAQuery.Owners: published in 2.2",
                "NotAQuery.Owners: published in 2.3",
                "NotAQuery.Types: one of Created,Running,Paused,Stopped,SavedAsTemplate,Unknown, published as Container,VirtualMachine",
            ],
            new SchemaComparison(new(Copy), s_definitionsOf).Differences(typeof(NotAQuery)).Order(StringComparer.Ordinal));

    private static string Copy => Path.Combine(AppContext.BaseDirectory, "data", "hcs-schema");

    /// <summary>The copy in the repository, and the full set if it is beside the repository.</summary>
    private static IEnumerable<string> Folders()
    {
        string root = typeof(SchemaConformanceTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(a => a.Key == "RepositoryRoot").Value!;
        string whole = Path.Combine(root, "..", "shared", "data", "hcs-schema");
        return Directory.Exists(whole) ? [Copy, whole] : [Copy];
    }

    private sealed class NotAQuery : HcsDocument
    {
        public uint Ids { get; set; }

        [OneOf(typeof(State))]
        public string[]? Types { get; set; }

        [SinceSchema(2, 4)]
        public string[]? Owners { get; set; }

        public string? Extra { get; set; }
    }
}
