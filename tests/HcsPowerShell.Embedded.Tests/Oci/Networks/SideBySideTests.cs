using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Contract;
using HcsPowerShell.Embedded.Linux.Oci;
using HcsPowerShell.Embedded.Linux.Oci.Networks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci.Networks;

/// <summary>Tests changes that are made at once, and the end of the host among them.</summary>
public sealed class SideBySideTests : NetworkTest
{
    private const int Many = 20;
    private const string Function = "HcsModifyComputeSystem";

    [Fact]
    public Task Changes_of_different_endpoints_run_side_by_side() => RunAsync(async (isolation, tools) =>
    {
        HostComputeNetwork network = await MakeNetworkAsync(isolation);
        HostComputeEndpoint[] all = await HeldAsync(tools, () => Enumerable.Range(0, Many).Select(i =>
            isolation.Networks.CreateAsync(Guid.NewGuid(), Endpoint(network, null, Map((ushort)(20000 + i), 80)), Patient)));
        Assert.Equal(Many, all.Select(AddressOf).Distinct().Count());
        Process[] sleepers = [.. all.Select(_ => BeginSleeper())];
        foreach (Process sleeper in sleepers)
        {
            await HasOwnNetworkAsync(sleeper);
        }

        Attachments attachments = AttachmentsOf(isolation);
        await HeldAsync(tools, () => all.Select((endpoint, i) => DoneAsync(
            attachments.AttachAsync(Function, $"c{i}", sleepers[i].Id, endpoint.Guid, Token))));
        foreach ((HostComputeEndpoint endpoint, Process sleeper) in all.Zip(sleepers))
        {
            Assert.Contains(
                AddressOf(endpoint), Run("nsenter", $"--net=/proc/{sleeper.Id}/ns/net", "ip", "address"), StringComparison.Ordinal);
        }

        await HeldAsync(tools, () => all.Select((endpoint, i) => DoneAsync(
            attachments.DetachAsync(Function, $"c{i}", endpoint.Guid, Token))));
        await HeldAsync(tools, () => all.Select(endpoint => DoneAsync(
            isolation.Networks.DeleteAsync<HostComputeEndpoint>(endpoint.Guid, Patient))));
    });

    [Fact]
    public Task Interfaces_that_come_to_one_container_at_once_have_names_of_their_own() => RunAsync(async (isolation, _) =>
    {
        HostComputeNetwork network = await MakeNetworkAsync(isolation);
        HostComputeEndpoint[] all = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ =>
            isolation.Networks.CreateAsync(Guid.NewGuid(), Endpoint(network), Patient)));
        Process sleeper = BeginSleeper();
        await HasOwnNetworkAsync(sleeper);
        await Task.WhenAll(all.Select(endpoint =>
            AttachmentsOf(isolation).AttachAsync(Function, "c", sleeper.Id, endpoint.Guid, Token)));
        string inside = Run("nsenter", $"--net=/proc/{sleeper.Id}/ns/net", "ip", "-o", "-4", "address");
        Assert.All(Enumerable.Range(0, 5), i => Assert.Contains($" eth{i} ", inside, StringComparison.Ordinal));
        Assert.All(all, endpoint => Assert.Contains($" {AddressOf(endpoint)}/", inside, StringComparison.Ordinal));
        Assert.Single(Run("nsenter", $"--net=/proc/{sleeper.Id}/ns/net", "ip", "route", "show", "default").Trim().Split('\n'));
    });

    [Fact]
    public Task Whatever_happens_to_one_endpoint_at_once_leaves_nothing() => RunAsync(async (isolation, _) =>
    {
        (string bareRules, string bareLinks) = (Ruleset(), Links());
        HostComputeNetwork network = await MakeNetworkAsync(isolation);
        (string rules, string links) = (Ruleset(), Links());
        var id = Guid.NewGuid();
        Process sleeper = BeginSleeper();
        await HasOwnNetworkAsync(sleeper);
        INetworkService networks = isolation.Networks;
        Attachments attachments = AttachmentsOf(isolation);
        Func<Task>[] changes =
        [
            () => networks.CreateAsync(id, Endpoint(network, "web", Map(8080, 80)), Patient),
            () => networks.ModifyAsync<HostComputeEndpoint>(id, Request("Add", Map(8081, 80)), Patient),
            () => networks.ModifyAsync<HostComputeEndpoint>(id, Request("Update", Map(8082, 80)), Patient),
            () => attachments.AttachAsync(Function, "c", sleeper.Id, id, Token),
            () => attachments.DetachAsync(Function, "c", id, Token),
            () => attachments.ReleaseAsync("c", sleeper.Id),
            () => networks.DeleteAsync<HostComputeEndpoint>(id, Patient),
        ];
        int made = 0;
        await Task.WhenAll(Enumerable.Range(0, 6).Select(thread => Task.Run(async () =>
        {
            Random random = new(thread);
            for (int i = 0; i < 15; i++)
            {
                int chosen = random.Next(changes.Length);
                try
                {
                    await changes[chosen]();
                    Interlocked.Add(ref made, chosen == 0 ? 1 : 0);
                }
                catch (HcsException e)
                {
                    // It exists already or not any more, a port is taken by itself, or the container has it.
                    Assert.Contains(e.HResult, new[]
                    {
                        HResult.InvalidEndpoint, HResult.EndpointNotFound, HResult.PortAlreadyExists, HResult.EndpointAlreadyAttached,
                    });
                }
            }
        }, Token)));
        Assert.NotEqual(0, made);
        await attachments.ReleaseAsync("c", sleeper.Id);
        foreach (Guid left in await networks.FindAsync<HostComputeEndpoint>(null, Patient))
        {
            await networks.DeleteAsync<HostComputeEndpoint>(left, Patient);
        }

        Assert.Equal(rules, Ruleset());
        Assert.Equal(links, Links());
        HostComputeEndpoint next = await networks.CreateAsync(
            id, Endpoint(network, "web", Map(8080, 80), Map(8081, 80), Map(8082, 80)), Patient);
        Assert.EndsWith(".2", AddressOf(next), StringComparison.Ordinal);
        await networks.DeleteAsync<HostComputeEndpoint>(id, Patient);
        await networks.DeleteAsync<HostComputeNetwork>(network.Guid, Patient);
        Assert.Equal(bareRules, Ruleset());
        Assert.Equal(bareLinks, Links());
    });

    [Fact]
    public Task Networks_that_come_and_go_at_once_leave_nothing() => RunAsync(async (isolation, _) =>
    {
        (string rules, string links) = (Ruleset(), Links());
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(async () =>
        {
            for (int round = 0; round < 3; round++)
            {
                HostComputeNetwork network = await isolation.Networks.CreateAsync(
                    Guid.NewGuid(), Document($"n{i}"), Patient);
                var endpoint = Guid.NewGuid();
                await isolation.Networks.CreateAsync(
                    endpoint, Endpoint(network, null, Map((ushort)(20000 + i), 80)), Patient);
                await isolation.Networks.DeleteAsync<HostComputeEndpoint>(endpoint, Patient);
                await isolation.Networks.DeleteAsync<HostComputeNetwork>(network.Guid, Patient);
            }
        }, Token)));
        Assert.Equal(rules, Ruleset());
        Assert.Equal(links, Links());
        Assert.Equal("0", Forwarding("uplink"));
    });

    [Fact]
    public Task A_network_that_is_being_deleted_takes_no_endpoint() => RunAsync(async (isolation, tools) =>
    {
        HostComputeNetwork network = await MakeNetworkAsync(isolation);
        Task deletion;
        using (IHeldCalls held = tools.Hold())
        {
            deletion = isolation.Networks.DeleteAsync<HostComputeNetwork>(network.Guid, Patient);
            await Eventually(() => held.AtWork == 1, "the deletion is at work");
            await RefusedAsync(
                () => isolation.Networks.CreateAsync(Guid.NewGuid(), Endpoint(network), Patient), HResult.NetworkNotFound);
        }

        await deletion.Within();
    });

    [Fact]
    public Task The_next_change_of_an_endpoint_waits_as_long_as_its_caller() => RunAsync(async (isolation, tools) =>
    {
        HostComputeEndpoint endpoint = await isolation.Networks.CreateAsync(
            Guid.NewGuid(), Endpoint(await MakeNetworkAsync(isolation), "web", Map(8080, 80)), Patient);
        Task deletion;
        using (IHeldCalls held = tools.Hold())
        {
            deletion = isolation.Networks.DeleteAsync<HostComputeEndpoint>(endpoint.Guid, Patient);
            await Eventually(() => held.AtWork == 1, "the deletion is at work");
            using CancellationTokenSource stop = new();
            Task change = isolation.Networks.ModifyAsync<HostComputeEndpoint>(
                endpoint.Guid, Request("Add", Map(8081, 80)), new CallOptions(stop.Token, Waits.Limit));
            Task attachment = AttachmentsOf(isolation).AttachAsync(Function, "c", 1, endpoint.Guid, stop.Token);
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => change.Within());
            await RefusedAsync(() => attachment.Within(), HResult.SystemAlreadyStopped);
            Assert.Equal(1, held.AtWork);
        }

        await deletion.Within();
    });

    [Fact]
    public Task The_end_of_the_host_waits_for_a_change_and_refuses_the_next() => RunAsync(async (isolation, tools) =>
    {
        (string rules, string links) = (Ruleset(), Links());
        HostComputeNetwork network = await MakeNetworkAsync(isolation);
        HostComputeEndpoint endpoint = await isolation.Networks.CreateAsync(Guid.NewGuid(), Endpoint(network), Patient);
        Process sleeper = BeginSleeper();
        await HasOwnNetworkAsync(sleeper);
        Attachments attachments = AttachmentsOf(isolation);
        Task attachment, end;
        using (IHeldCalls held = tools.Hold())
        {
            attachment = attachments.AttachAsync(Function, "c", sleeper.Id, endpoint.Guid, Token);
            await Eventually(() => held.AtWork == 1, "the attachment is at work");
            end = isolation.CloseAsync();
            await Eventually(
                () => Refused(attachments.DetachAsync(Function, "other", Guid.NewGuid(), Token)), "changes are refused");
            HcsException late = await Assert.ThrowsAsync<HcsException>(
                () => isolation.Networks.DeleteAsync<HostComputeEndpoint>(endpoint.Guid, Patient));
            Assert.Equal(HResult.ServiceDisconnect, late.HResult);
            Assert.False(end.IsCompleted);
        }

        await attachment.Within();
        await end.Within();
        Assert.Equal(rules, Ruleset());
        Assert.Equal(links, Links());
        Assert.DoesNotContain(
            "eth0", Run("nsenter", $"--net=/proc/{sleeper.Id}/ns/net", "ip", "link"), StringComparison.Ordinal);

        static bool Refused(Task call) =>
            ((IAsyncResult)call).AsyncWaitHandle.WaitOne(Waits.Limit)
            && call.Exception?.InnerException is HcsException { HResult: HResult.ServiceDisconnect };
    });

    private static Task RunAsync(Func<OciIsolation, HeldTools, Task> body) => OwnNamespace.RunAsync(async () =>
    {
        HeldTools tools = new();
        OciIsolation isolation = new(RuncProgram.Find()!, tools);
        try
        {
            await body(isolation, tools);
        }
        finally
        {
            await isolation.CloseAsync().Within();
        }
    });

    private static Attachments AttachmentsOf(OciIsolation isolation) => ((OciNetworks)isolation.Networks).Attachments;

    private static Task<HostComputeNetwork> MakeNetworkAsync(OciIsolation isolation) =>
        isolation.Networks.CreateAsync(Guid.NewGuid(), Document("nat"), Patient);

    // Until all of them are at work in ip or nft, none of them goes on.
    private static async Task<T[]> HeldAsync<T>(HeldTools tools, Func<System.Collections.Generic.IEnumerable<Task<T>>> begin)
    {
        Task<T>[] begun;
        using (IHeldCalls held = tools.Hold())
        {
            begun = [.. begin()];
            await Eventually(() => held.AtWork == Many, "all are at work");
        }

        return await Task.WhenAll(begun).Within();
    }

    private static async Task<bool> DoneAsync(Task task)
    {
        await task;
        return true;
    }

    /// <summary>A process in a network namespace of its own, such as the first process of a container.</summary>
    private Process BeginSleeper()
    {
        Process process = Process.Start("unshare", ["--net", "sleep", "infinity"]);
        Programs.Add(process);
        return process;
    }

    private static Task HasOwnNetworkAsync(Process process) => Eventually(
        () => new FileInfo($"/proc/{process.Id}/ns/net").LinkTarget != new FileInfo("/proc/self/ns/net").LinkTarget
            && File.ReadAllText($"/proc/{process.Id}/comm").Trim() == "sleep",
        "it has a network of its own");
}
