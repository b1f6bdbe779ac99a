using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Coverage;

/// <summary>
/// Tests that a single member of an answer becomes its own property and no other: every value is compared with the
/// value from the answer without the member.
/// </summary>
public sealed class AnswerMemberTests(Session session) : IClassFixture<Session>
{
    // Properties of every object, whatever the service answers, or properties with the whole answer.
    private static readonly HashSet<string> s_ofEvery =
        ["ContainerId", "Id", "HcsHost", "ComputerName", "HostInstance", "Document", "ExitTime"];

    private static readonly Dictionary<string, Kind> s_kinds = new()
    {
        ["HcsContainer"] = new("Get-HcsContainer -HcsHost $h", (system, members) =>
            system.Listing = $$"""[{ "Id": "given" {{Also(members)}} }]"""),
        ["HcsVirtualMachine"] = new("Get-HcsContainer -Id given -HcsHost $h", (system, members) =>
        {
            system.Listing = """[{ "Id": "given", "SystemType": "VirtualMachine" }]""";
            system.Properties = $$"""{ "Id": "given" {{Also(members)}} }""";
        }),
        ["HcsStatistics"] = new("Get-HcsStatistics -Id given -HcsHost $h", (system, members) =>
            system.Properties = $$"""{ "Statistics": { {{members}} } }"""),
        ["HcsNetworkStatistics"] = new("(Get-HcsStatistics -Id given -HcsHost $h).Network", (system, members) =>
            system.Properties = $$"""{ "Statistics": { "Network": [ { {{members}} } ] } }"""),
        ["HcsProcess"] = new("Get-HcsProcess -Id given -HcsHost $h", (system, members) =>
            system.Properties = $$"""{ "ProcessList": [{ "ProcessId": 7 {{Also(members)}} }] }"""),
        ["HcsMappedVirtualDisk"] = new("Get-HcsMappedVirtualDisk -Id given -HcsHost $h", (system, members) =>
            system.Properties = $$"""{ "MappedVirtualDiskControllers": { "3": { "MappedVirtualDisks": { "5": { {{members}} } } } } }"""),
        ["HcsExitStatus"] = new("Wait-HcsContainer -Id given -HcsHost $h", (system, members) =>
            system.ExitStatus = $$"""{ {{members}} }"""),
        ["HcsProcessResult"] = new("Start-HcsProcess -Id given a -HcsHost $h | Wait-HcsProcess", (system, members) =>
            system.ProcessStatus = $$"""{ "ProcessId": 42, "Exited": true {{Also(members)}} }"""),
        ["HcsEvent"] = new("Watch-HcsEvent -Id given -TimeoutSec 0 -HcsHost $h", (system, members) =>
            system.Events = [type => Event(type, members)]),
    };

    /// <summary>The kind of object, the member, and the properties that differ.</summary>
    public static TheoryData<string, string, string[]> Members => new()
    {
        { "HcsContainer", "\"State\":\"Paused\"", ["State=Paused"] },
        { "HcsContainer", "\"Name\":\"n\"", ["Name=n"] },
        { "HcsContainer", "\"Owner\":\"o\"", ["Owner=o"] },
        { "HcsContainer", "\"SystemType\":\"Container\"", ["SystemType=Container"] },
        { "HcsContainer", "\"SystemType\":\"VirtualMachine\"", ["Isolation=", "SystemType=VirtualMachine"] },
        { "HcsContainer", "\"RuntimeOsType\":\"Linux\"", ["RuntimeOsType=Linux"] },
        {
            "HcsContainer", "\"RuntimeId\":\"2a0a7d9b-0000-0000-0000-000000000001\"",
            ["Isolation=HyperV", "RuntimeId=2a0a7d9b-0000-0000-0000-000000000001"]
        },
        {
            "HcsContainer", "\"RuntimeTemplateId\":\"2a0a7d9b-0000-0000-0000-000000000002\"",
            ["RuntimeTemplateId=2a0a7d9b-0000-0000-0000-000000000002"]
        },
        { "HcsContainer", "\"RuntimeImagePath\":\"/u\"", ["RuntimeImagePath=/u"] },
        { "HcsContainer", "\"IsRuntimeTemplate\":true", ["IsTemplate=True"] },
        { "HcsContainer", "\"State\":\"SavedAsTemplate\"", ["IsTemplate=True", "State=SavedAsTemplate"] },
        { "HcsContainer", "\"Stopped\":true", ["Stopped=True"] },
        { "HcsContainer", "\"ExitType\":\"GracefulExit\"", ["ExitType=GracefulExit"] },
        { "HcsContainer", "\"ExitType\":\"ForcedExit\"", ["ExitType=ForcedExit"] },
        { "HcsContainer", "\"ExitType\":\"UnexpectedExit\"", ["ExitType=UnexpectedExit"] },
        { "HcsStatistics", "\"Timestamp\":\"2026-08-25T23:32:19Z\"", ["Timestamp=2026-08-25T23:32:19Z"] },
        { "HcsStatistics", "\"ContainerStartTime\":\"2026-08-25T23:32:10Z\"", ["ContainerStartTime=2026-08-25T23:32:10Z"] },
        { "HcsStatistics", "\"Uptime100ns\":1", ["Uptime=00:00:00.0000001"] },
        { "HcsStatistics", "\"Processor\":{\"TotalRuntime100ns\":2}", ["TotalRuntime=00:00:00.0000002"] },
        { "HcsStatistics", "\"Processor\":{\"RuntimeUser100ns\":3}", ["RuntimeUser=00:00:00.0000003"] },
        { "HcsStatistics", "\"Processor\":{\"RuntimeKernel100ns\":4}", ["RuntimeKernel=00:00:00.0000004"] },
        { "HcsStatistics", "\"Memory\":{\"MemoryUsageCommitBytes\":5}", ["MemoryUsageCommitBytes=5"] },
        { "HcsStatistics", "\"Memory\":{\"MemoryUsageCommitPeakBytes\":6}", ["MemoryUsageCommitPeakBytes=6"] },
        { "HcsStatistics", "\"Memory\":{\"MemoryUsagePrivateWorkingSetBytes\":7}", ["MemoryUsagePrivateWorkingSetBytes=7"] },
        { "HcsStatistics", "\"Storage\":{\"ReadCountNormalized\":8}", ["ReadCountNormalized=8"] },
        { "HcsStatistics", "\"Storage\":{\"ReadSizeBytes\":9}", ["ReadSizeBytes=9"] },
        { "HcsStatistics", "\"Storage\":{\"WriteCountNormalized\":10}", ["WriteCountNormalized=10"] },
        { "HcsStatistics", "\"Storage\":{\"WriteSizeBytes\":11}", ["WriteSizeBytes=11"] },
        { "HcsStatistics", "\"Network\":[{\"EndpointId\":\"e\"}]", ["Network=e"] },
        { "HcsNetworkStatistics", "\"EndpointId\":\"e\"", ["EndpointId=e"] },
        { "HcsNetworkStatistics", "\"InstanceId\":\"i\"", ["InstanceId=i"] },
        { "HcsNetworkStatistics", "\"BytesReceived\":1", ["BytesReceived=1"] },
        { "HcsNetworkStatistics", "\"BytesSent\":2", ["BytesSent=2"] },
        { "HcsNetworkStatistics", "\"PacketsReceived\":3", ["PacketsReceived=3"] },
        { "HcsNetworkStatistics", "\"PacketsSent\":4", ["PacketsSent=4"] },
        { "HcsNetworkStatistics", "\"DroppedPacketsIncoming\":5", ["DroppedPacketsIncoming=5"] },
        { "HcsNetworkStatistics", "\"DroppedPacketsOutgoing\":6", ["DroppedPacketsOutgoing=6"] },
        { "HcsProcess", "\"CreateTimestamp\":\"2026-08-25T23:32:10Z\"", ["StartTime=2026-08-25T23:32:10Z"] },
        { "HcsProcess", "\"ImageName\":\"a.exe\"", ["ImageName=a.exe"] },
        { "HcsProcess", "\"KernelTime100ns\":1", ["KernelTime=00:00:00.0000001"] },
        { "HcsProcess", "\"UserTime100ns\":2", ["UserTime=00:00:00.0000002"] },
        { "HcsProcess", "\"MemoryCommitBytes\":3", ["MemoryCommitBytes=3"] },
        { "HcsProcess", "\"MemoryWorkingSetPrivateBytes\":4", ["MemoryWorkingSetPrivateBytes=4"] },
        { "HcsProcess", "\"MemoryWorkingSetSharedBytes\":5", ["MemoryWorkingSetSharedBytes=5"] },
        { "HcsVirtualMachine", "\"Memory\":{\"VirtualNodeCount\":2}", ["VirtualNodeCount=2"] },
        { "HcsVirtualMachine", OfMemory("\"AssignedMemory\":262144"), ["AssignedMemoryBytes=1073741824"] },
        { "HcsVirtualMachine", OfMemory("\"AssignedMemory\":18446744073709551615"), [] },
        { "HcsVirtualMachine", OfMemory("\"ReservedMemory\":1"), ["ReservedMemoryBytes=4096"] },
        { "HcsVirtualMachine", OfMemory("\"AvailableMemory\":-7"), ["AvailableMemory=-7"] },
        { "HcsVirtualMachine", OfMemory("\"BalancingEnabled\":false"), ["IsMemoryBalanced=False"] },
        { "HcsVirtualMachine", "\"ProcessorTopology\":{\"LogicalProcessorCount\":4}", ["ProcessorCount=4"] },
        { "HcsVirtualMachine", "\"ProcessorTopology\":{\"LogicalProcessors\":[{},{}]}", ["ProcessorCount=2"] },
        { "HcsMappedVirtualDisk", "\"HostPath\":\"/h\"", ["HostPath=/h"] },
        { "HcsMappedVirtualDisk", "\"ContainerPath\":\"/c\"", ["ContainerPath=/c"] },
        { "HcsMappedVirtualDisk", "\"CreateInUtilityVM\":true", ["CreateInUtilityVM=True"] },
        { "HcsMappedVirtualDisk", "\"ReadOnly\":true", ["ReadOnly=True"] },
        { "HcsMappedVirtualDisk", "\"Cache\":\"Private\"", ["Cache=Private"] },
        { "HcsMappedVirtualDisk", "\"AttachOnly\":true", ["AttachOnly=True"] },
        { "HcsExitStatus", "\"ExitType\":\"ForcedExit\"", ["ExitType=ForcedExit"] },
        { "HcsExitStatus", "\"Status\":-1", ["ExitType=UnexpectedExit", "Status=-1"] },
        { "HcsExitStatus", "\"Status\":1", ["Status=1"] },
        { "HcsProcessResult", "\"ExitCode\":4294967295", ["ExitCode=4294967295"] },
        { "HcsProcessResult", "\"LastWaitResult\":-1", ["ExitCode="] },
        { "HcsEvent", "\"Type\":\"SystemStarted\"", ["Type=SystemStarted"] },
        { "HcsEvent", "\"Type\":\"SystemPaused\"", ["Type=SystemPaused"] },
        { "HcsEvent", "\"Type\":\"SystemResumed\"", ["Type=SystemResumed"] },
        { "HcsEvent", "\"Type\":\"SystemCrashInitiated\"", ["Type=SystemCrashInitiated"] },
        { "HcsEvent", "\"Type\":\"SystemCrashReport\"", ["Type=SystemCrashReport"] },
        { "HcsEvent", "\"Type\":\"SystemGuestConnectionClosed\"", ["Type=SystemGuestConnectionClosed"] },
        { "HcsEvent", "\"Type\":\"ProcessStarted\"", ["Type=ProcessStarted"] },
        { "HcsEvent", "\"Type\":\"ProcessExited\"", ["Type=ProcessExited"] },
        { "HcsEvent", "\"Type\":\"ServiceDisconnect\"", ["Type=ServiceDisconnect"] },
        { "HcsEvent", "\"Timestamp\":\"2026-08-25T23:32:19Z\"", ["Timestamp=2026-08-25T23:32:19Z"] },
        { "HcsEvent", "\"ProcessId\":4294967292", ["ProcessId=4294967292"] },
    };

    [Theory]
    [MemberData(nameof(Members))]
    public void A_member_is_its_own_property(string kind, string member, string[] properties)
    {
        Dictionary<string, string> without = Ask(kind, string.Empty);
        Assert.Equal(
            properties,
            Ask(kind, member)
                .Where(p => without[p.Key] != p.Value && !s_ofEvery.Contains(p.Key) && p.Key != "Duration")
                .Select(p => $"{p.Key}={p.Value}")
                .Order());
    }

    /// <summary>
    /// The others do not come from a member: names of the place, and values computed from two answers.
    /// </summary>
    [Theory]
    [InlineData("HcsContainer", "ExitStatus", "KeepsScratch", "LayerFolderPath")]
    [InlineData(
        "HcsVirtualMachine", "ExitStatus", "ExitType", "IsTemplate", "Isolation", "KeepsScratch", "LayerFolderPath", "Name", "Owner",
        "RuntimeId", "RuntimeImagePath", "RuntimeOsType", "RuntimeTemplateId", "State", "Stopped", "SystemType")]
    [InlineData("HcsStatistics", "CpuPercent", "ReadBytesPerSec", "WriteBytesPerSec")]
    [InlineData("HcsNetworkStatistics")]
    [InlineData("HcsProcess", "ProcessId", "CommandLine", "HasExited", "ExitCode", "IsOutOfMemory")]
    [InlineData("HcsMappedVirtualDisk", "Controller", "Lun")]
    [InlineData("HcsExitStatus")]
    [InlineData("HcsEvent")]
    [InlineData("HcsProcessResult", "ProcessId", "CommandLine", "IsOutOfMemory", "HasTimedOut", "Duration", "StandardOutput", "StandardError")]
    public void Every_property_has_its_member(string kind, params string[] others) => Assert.Equal(
        Ask(kind, string.Empty).Keys.Except(s_ofEvery).Except(others).Order(),
        Members.Where(m => m.Data.Item1 == kind).SelectMany(m => m.Data.Item3).Select(p => p.Split('=')[0]).Distinct().Order());

    [Fact]
    public void An_exit_with_status_0_is_graceful_where_its_kind_is_not_told() =>
        Assert.Equal("GracefulExit", Ask("HcsExitStatus", string.Empty)["ExitType"]);

    /// <summary>Every object has these two properties; here they come from the event itself.</summary>
    [Theory]
    [InlineData("\"ContainerId\":\"other\"", "ContainerId", "other")]
    [InlineData("\"Document\":\"{\\\"a\\\":1}\"", "Document", """{"a":1}""")]
    public void An_event_says_of_what_it_is_and_what_came_with_it(string member, string property, string value)
    {
        Dictionary<string, string> without = Ask("HcsEvent", string.Empty);
        Dictionary<string, string> with = Ask("HcsEvent", member);
        Assert.Equal(value, with[property]);
        Assert.Equal(
            [property], with.Where(p => without[p.Key] != p.Value && p.Key != "HostInstance").Select(p => p.Key));
    }

    [Fact]
    public void A_disk_has_the_numbers_under_which_it_was_listed()
    {
        Dictionary<string, string> disk = Ask("HcsMappedVirtualDisk", string.Empty);
        Assert.Equal(("3", "5"), (disk["Controller"], disk["Lun"]));
    }

    [Fact]
    public void A_process_that_took_the_id_of_an_ended_one_has_not_its_exit()
    {
        (object host, GivenSystem system) = ServiceProxy.HostOf<GivenSystem>(session);
        system.ProcessStatus = """{"ProcessId":42,"Exited":true,"ExitCode":9,"LastWaitResult":0}""";
        dynamic ended = session.Single("Start-HcsProcess -Id given a -CreateStdOutPipe -HcsHost $h", ("h", host));
        Assert.Equal(9, (long)ended.ExitCode);
        system.Properties = """{"ProcessList":[{"ProcessId":42,"ImageName":"other"}]}""";
        dynamic other = session.Single("Get-HcsProcess -Id given -HcsHost $h", ("h", host));
        Assert.False((bool)other.HasExited);
        Assert.Null((long?)other.ExitCode);
    }

    private static string Also(string members) => members.Length == 0 ? string.Empty : "," + members;

    private static string OfMemory(string members) => $$"""
        "Memory":{"VirtualMachineMemory":{ {{members}} } }
        """;

    private Dictionary<string, string> Ask(string kind, string members)
    {
        (object host, GivenSystem system) = ServiceProxy.HostOf<GivenSystem>(session);
        s_kinds[kind].Answer(system, members);
        object told = session.Single(s_kinds[kind].Command, ("h", host));
        Assert.Equal(kind, told.GetType().Name);
        return told.GetType().GetProperties().ToDictionary(p => p.Name, p => Text(p.GetValue(told)));
    }

    private static object Event(Type type, string members)
    {
        JsonElement given = JsonDocument.Parse($$"""{ {{members}} }""").RootElement;
        string? Given(string name) => given.TryGetProperty(name, out JsonElement value) ? value.ToString() : null;
        ConstructorInfo constructor = type.GetConstructors().Single();
        return constructor.Invoke(
        [
            Enum.Parse(constructor.GetParameters()[0].ParameterType, Given("Type") ?? "SystemExited"),
            Given("ContainerId") ?? "given",
            DateTimeOffset.Parse(Given("Timestamp") ?? "2026-01-02T03:04:05Z", CultureInfo.InvariantCulture),
            Given("ProcessId") is { } id ? uint.Parse(id, CultureInfo.InvariantCulture) : null,
            Given("Document"),
        ]);
    }

    private static string Text(object? value) => value switch
    {
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", null),
        IEnumerable<object> list => string.Join(", ", list),
        _ => FormattableString.Invariant($"{value}"),
    };

    private sealed record Kind(string Command, Action<GivenSystem, string> Answer);
}
