using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Coverage;

/// <summary>Tests that every member of the service's answers becomes a property.</summary>
public sealed class AnswerMembersTests(Session session) : IClassFixture<Session>
{
    private const ulong Large = 18_446_744_073_709_551_615;

    [Fact]
    public void Of_ContainerProperties()
    {
        const string Answer = """
            {"Id":"a","State":"Paused","Name":"n","SystemType":"Container","RuntimeOsType":"Linux","Owner":"o","SiloGuid":"s",
             "RuntimeId":"2a0a7d9b-0000-0000-0000-000000000000","IsRuntimeTemplate":true,"RuntimeImagePath":"/u","Stopped":true,
             "ExitType":"ForcedExit","ObRoot":"r"}
            """;
        dynamic container = One("Get-HcsContainer", system => system.Listing = $"[{Answer}]");
        Assert.Equal("a", (string)container.Id);
        Assert.Equal("Paused", (string)container.State);
        Assert.Equal("n", (string)container.Name);
        Assert.Equal("Container", (string)container.SystemType);
        Assert.Equal("Linux", (string)container.RuntimeOsType);
        Assert.Equal("o", (string)container.Owner);
        Assert.Equal(new Guid("2a0a7d9b-0000-0000-0000-000000000000"), (Guid)container.RuntimeId);
        Assert.True((bool)container.IsTemplate);
        Assert.Equal("/u", (string)container.RuntimeImagePath);
        Assert.True((bool)container.Stopped);
        Assert.Equal("ForcedExit", (string)container.ExitType);
        Assert.Contains("\"SiloGuid\":\"s\"", session.DocumentOf((object)container), StringComparison.Ordinal);
        Assert.Contains("\"ObRoot\":\"r\"", session.DocumentOf((object)container), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", false)]
    [InlineData("""{"AreUpdatesPending":true}""", true)]
    public void Of_pending_updates(string properties, bool pending) =>
        Assert.Equal(pending, (bool)One("Test-HcsPendingUpdate -Id given", system => system.Properties = properties));

    [Fact]
    public void Of_Statistics()
    {
        dynamic sample = One("Get-HcsStatistics -Id given", system => system.Properties = """
            {"Statistics":{"Timestamp":"2026-08-25T23:32:19.0685861Z","ContainerStartTime":"2026-08-25T23:32:10.7938384Z",
             "Uptime100ns":1,"Memory":{"MemoryUsageCommitBytes":18446744073709551615,"MemoryUsageCommitPeakBytes":2,
             "MemoryUsagePrivateWorkingSetBytes":3},"Processor":{"TotalRuntime100ns":4,"RuntimeUser100ns":5,"RuntimeKernel100ns":6},
             "Storage":{"ReadCountNormalized":7,"ReadSizeBytes":8,"WriteCountNormalized":9,"WriteSizeBytes":10},
             "Network":[{"BytesReceived":11,"BytesSent":12,"PacketsReceived":13,"PacketsSent":14,"DroppedPacketsIncoming":15,
             "DroppedPacketsOutgoing":16,"EndpointId":"e","InstanceId":"i"}]}}
            """);
        Assert.Equal(DateTimeOffset.Parse("2026-08-25T23:32:19.0685861Z", null), (DateTimeOffset)sample.Timestamp);
        Assert.Equal(DateTimeOffset.Parse("2026-08-25T23:32:10.7938384Z", null), (DateTimeOffset)sample.ContainerStartTime);
        Assert.Equal(
            [1L, 4, 5, 6],
            new[] { sample.Uptime, sample.TotalRuntime, sample.RuntimeUser, sample.RuntimeKernel }.Select(t => ((TimeSpan)t).Ticks));
        Assert.Equal(
            [Large, 2, 3, 7, 8, 9, 10],
            new ulong[]
            {
                sample.MemoryUsageCommitBytes, sample.MemoryUsageCommitPeakBytes, sample.MemoryUsagePrivateWorkingSetBytes,
                sample.ReadCountNormalized, sample.ReadSizeBytes, sample.WriteCountNormalized, sample.WriteSizeBytes,
            });
        dynamic network = ((IEnumerable)sample.Network).Cast<object>().Single();
        Assert.Equal(
            [11UL, 12, 13, 14, 15, 16],
            new ulong[]
            {
                network.BytesReceived, network.BytesSent, network.PacketsReceived, network.PacketsSent,
                network.DroppedPacketsIncoming, network.DroppedPacketsOutgoing,
            });
        Assert.Equal("e", (string)network.EndpointId);
        Assert.Equal("i", (string)network.InstanceId);
    }

    [Fact]
    public void Of_ProcessListItem()
    {
        dynamic process = One("Get-HcsProcess -Id given", system => system.Properties = """
            {"ProcessList":[{"CreateTimestamp":"2026-08-07T16:39:41.9911421Z","ImageName":"a.exe","KernelTime100ns":1,
             "MemoryCommitBytes":18446744073709551615,"MemoryWorkingSetPrivateBytes":2,"MemoryWorkingSetSharedBytes":3,
             "ProcessId":4294967292,"UserTime100ns":4}]}
            """);
        Assert.Equal(DateTimeOffset.Parse("2026-08-07T16:39:41.9911421Z", null), (DateTimeOffset)process.StartTime);
        Assert.Equal("a.exe", (string)process.ImageName);
        Assert.Equal(1, ((TimeSpan)process.KernelTime).Ticks);
        Assert.Equal(4, ((TimeSpan)process.UserTime).Ticks);
        Assert.Equal(Large, (ulong)process.MemoryCommitBytes);
        Assert.Equal(2UL, (ulong)process.MemoryWorkingSetPrivateBytes);
        Assert.Equal(3UL, (ulong)process.MemoryWorkingSetSharedBytes);
        Assert.Equal(4294967292, (uint)process.ProcessId);
    }

    [Fact]
    public void Of_MappedVirtualDiskController()
    {
        dynamic disk = One("Get-HcsMappedVirtualDisk -Id given", system => system.Properties = """
            {"MappedVirtualDiskControllers":{"1":{"MappedVirtualDisks":{"2":{"HostPath":"/h","ContainerPath":"/c","Lun":2}}}}}
            """);
        Assert.Equal("1", (string)disk.Controller);
        Assert.Equal("2", (string)disk.Lun);
        Assert.Equal("/h", (string)disk.HostPath);
        Assert.Equal("/c", (string)disk.ContainerPath);
    }

    [Theory]
    [InlineData("""{"ProcessId":42,"Exited":true,"ExitCode":4294967295,"LastWaitResult":0}""", 4294967295L)]
    [InlineData("""{"ProcessId":42,"Exited":true,"ExitCode":1,"LastWaitResult":-2147024890}""", null)]
    public void Of_ProcessStatus(string status, long? exitCode)
    {
        dynamic process = One("Start-HcsProcess -Id given a", system => system.ProcessStatus = status);
        Assert.Equal(42u, (uint)process.ProcessId);
        Assert.True((bool)process.HasExited);
        Assert.Equal(exitCode, (long?)process.ExitCode);
    }

    [Fact]
    public void Of_SystemExitStatus()
    {
        dynamic status = One("Wait-HcsContainer -Id given", system => system.ExitStatus =
            """{"Status":-1070137082,"ExitType":"UnexpectedExit","Attribution":[{"SystemExit":{"Detail":"ServiceStop"}}]}""");
        Assert.Equal(unchecked((int)0xC0370106), (int)status.Status);
        Assert.Equal("UnexpectedExit", (string)status.ExitType);
        Assert.Contains("ServiceStop", session.DocumentOf((object)status), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ResultError()
    {
        const string Document = """
            {"Error":-2147024891,"ErrorMessage":"no such thing","ErrorEvents":[{"Message":"a disk is gone","EventId":3040}],
             "Attribution":[{"OperationFailure":{"Detail":"Construct"}}]}
            """;
        (object host, GivenSystem system) = ServiceProxy.HostOf<GivenSystem>(session);
        system.Refusal = (unchecked((int)0x80070005), Document);
        ErrorRecord error = session.Run("Start-HcsContainer -Id given -HcsHost $h", ("h", host))
            .RequireError("HcsAccessDenied", ErrorCategory.PermissionDenied);
        Assert.Equal(unchecked((int)0x80070005), error.Exception.HResult);
        Assert.Contains("no such thing", error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Contains("a disk is gone", error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Contains("[Construct]", error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Equal(Document, (string)((dynamic)error.Exception).ResultDocument);
    }

    private dynamic One(string command, Action<GivenSystem> given)
    {
        (object host, GivenSystem system) = ServiceProxy.HostOf<GivenSystem>(session);
        given(system);
        return session.Single($"{command} -HcsHost $h", ("h", host));
    }
}
