using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Remoting;

/// <summary>
/// Tests that an object that comes through a session becomes one of its class again, with every property that it had there.
/// </summary>
public sealed class ReceivedObjectTests(Session session) : SessionTests(session)
{
    private const string Id = "00000000-0000-0000-0000-000000000001";

    private static readonly DateTimeOffset s_time = new(2026, 3, 4, 15, 16, 17, TimeSpan.Zero);

    private static readonly Dictionary<string, Hashtable> s_objects = new()
    {
        ["HcsContainer"] = new()
        {
            ["Id"] = "web", ["State"] = "Stopped", ["Stopped"] = true, ["ExitType"] = "UnexpectedExit", ["SystemType"] = "Container",
            ["LayerFolderPath"] = "/srv/scratch", ["KeepsScratch"] = true, ["ExitStatus"] = "UnexpectedExit (0xC0370106)",
            ["Document"] = """{"Id":"web","SystemType":"Container"}""",
        },
        ["HcsVirtualMachine"] = new()
        {
            ["Id"] = "vm", ["State"] = "Running", ["SystemType"] = "VirtualMachine", ["AssignedMemoryBytes"] = 4096UL,
            ["ReservedMemoryBytes"] = 8192UL, ["AvailableMemory"] = 30, ["IsMemoryBalanced"] = true, ["VirtualNodeCount"] = 2u,
            ["ProcessorCount"] = 8u, ["Document"] = """{"Id":"vm","SystemType":"VirtualMachine"}""",
        },
        ["HcsProcess"] = new()
        {
            ["ContainerId"] = "web", ["ProcessId"] = 4u, ["ImageName"] = "sh", ["CommandLine"] = "sh -c true", ["StartTime"] = s_time,
            ["HasExited"] = true, ["ExitCode"] = 137L, ["IsOutOfMemory"] = true,
        },
        ["HcsProcessResult"] = new()
        {
            ["ContainerId"] = "web", ["ProcessId"] = 4u, ["CommandLine"] = "sh", ["ExitCode"] = 3L, ["IsOutOfMemory"] = false,
            ["HasTimedOut"] = true, ["Duration"] = TimeSpan.FromSeconds(1.5), ["StandardOutput"] = new[] { "one", "two" },
            ["StandardError"] = new[] { "three" },
        },
        ["HcsExitStatus"] = new() { ["ContainerId"] = "web", ["ExitType"] = "ForcedExit", ["Status"] = -1, ["ExitTime"] = s_time },
        ["HcsStatistics"] = new()
        {
            ["ContainerId"] = "web", ["CpuPercent"] = 12.5, ["ReadBytesPerSec"] = 1.5, ["WriteBytesPerSec"] = 2.5,
            ["MemoryUsageCommitBytes"] = 8UL, ["Document"] = """{"Memory":{"MemoryUsageCommitBytes":8}}""",
        },
        ["HcsEvent"] = new()
        {
            ["Timestamp"] = s_time, ["ContainerId"] = "web", ["Type"] = "ProcessExited", ["ProcessId"] = 5u, ["Document"] = "{}",
        },
        ["HcsNetworkEvent"] = new() { ["Timestamp"] = s_time, ["Type"] = "NetworkCreated", ["Kind"] = "Network", ["Name"] = "nat", ["Id"] = Id },
        ["HcsLayer"] = new()
        {
            ["Path"] = "/srv/layer", ["Kind"] = "Scratch", ["LayerId"] = Id, ["Parents"] = new[] { "/srv/base" },
            ["IsInitialized"] = false, ["OSVersion"] = "10.0.20348.1", ["HasUtilityVM"] = true, ["VolumePath"] = "/mnt",
            ["Size"] = 12345678901L, ["IsOrphaned"] = true, ["UsedBy"] = new[] { "web" },
        },
        ["HcsMountedLayer"] = new() { ["LayerFolderPath"] = "/srv/layer", ["VolumePath"] = "/mnt", ["Layers"] = Array.Empty<object>() },
        ["HcsImage"] = new()
        {
            ["Name"] = "shop:1", ["Digest"] = "sha256:0123", ["Source"] = "store", ["OS"] = "linux", ["OSVersion"] = "10.0",
            ["Architecture"] = "amd64", ["Created"] = s_time, ["Layers"] = new[] { "/srv/base" }, ["Entrypoint"] = new[] { "sh" },
            ["Command"] = new[] { "-c" }, ["Environment"] = new[] { "PATH" }, ["WorkingDirectory"] = "/", ["User"] = "root",
            ["Ignored"] = new[] { "Volumes" },
        },
        ["HcsNetwork"] = new()
        {
            ["Name"] = "nat", ["Id"] = Id, ["Type"] = "NAT", ["Document"] = $$"""{"ID":"{{Id}}","Name":"nat","Type":"NAT"}""",
        },
        ["HcsEndpoint"] = new()
        {
            ["Name"] = "web", ["Id"] = Id, ["Network"] = "nat", ["Document"] = $$"""{"ID":"{{Id}}","Name":"web"}""",
        },
        ["HcsMappedVirtualDisk"] = new()
        {
            ["ContainerId"] = "web", ["Controller"] = "0", ["Lun"] = "1", ["HostPath"] = "/disk", ["ReadOnly"] = true,
            ["Document"] = """{"HostPath":"/disk","ReadOnly":true}""",
        },
    };

    public static TheoryData<string> Classes => [.. s_objects.Keys];

    [Theory]
    [MemberData(nameof(Classes))]
    public void It_is_what_it_was(string name)
    {
        object received = Receive(name, s_objects[name]);
        Assert.Equal(name, received.GetType().Name);
        Assert.Equal(Session.HostName, $"{received.GetType().GetProperty("HcsHost")!.GetValue(received)}");
        foreach (string property in s_objects[name].Keys.Cast<string>().Where(key => key != "Document" || name == "HcsEvent"))
        {
            Assert.Equal(
                $"{property}: {Text(s_objects[name][property])}",
                $"{property}: {Text(received.GetType().GetProperty(property)!.GetValue(received))}");
        }
    }

    [Fact]
    public void An_exit_status_that_came_as_text_has_its_code()
    {
        object received = Receive("HcsContainer", s_objects["HcsContainer"]);
        dynamic status = received.GetType().GetProperty("ExitStatus")!.GetValue(received)!;
        Assert.Equal(unchecked((int)0xC0370106), (int)status.Status);
    }

    [Fact]
    public void Every_class_of_objects_of_a_host_is_here() => Assert.Equal(
        Module.GetTypes().Where(IsOutput).Select(type => type.Name).Except(["HcsLogicalProcessor", "HcsCpuGroup"]).Order(),
        s_objects.Keys.Order());

    private System.Reflection.Assembly Module => Host.GetType().Assembly;

    private object Host => Session.Get("Get-HcsHost")[0].BaseObject;

    private static bool IsOutput(Type type) => !type.IsAbstract && (type.BaseType?.Name == "HcsOutput" || type.BaseType?.Name == "HcsContainer");

    private object Receive(string name, Hashtable given)
    {
        var sent = new PSObject();
        sent.TypeNames.Insert(0, "Deserialized.HcsPowerShell." + name);
        foreach (DictionaryEntry property in given)
        {
            sent.Properties.Add(new PSNoteProperty((string)property.Key, property.Value));
        }

        object host = Host;
        return host.GetType().Assembly.GetType("HcsPowerShell.ReceivedObject")!.GetMethod("From")!.Invoke(null, [host, sent])!;
    }

    private static string Text(object? value) => value switch
    {
        DateTimeOffset time => time.ToUniversalTime().ToString("o", CultureInfo.InvariantCulture),
        IEnumerable list and not string => string.Join(", ", list.Cast<object?>().Select(Text)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
    };
}
