using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>Tests of what the adapter sends to computenetwork and makes of its answers.</summary>
public sealed class ComputeNetworkTests : NetworkTests
{
    private const string Record = """{"Success":false,"Error":"Element not found. ","ErrorCode":2147943568}""";

    // The call of each is made after the objects that it needs.
    public static TheoryData<string> Functions =>
    [
        "HcnEnumerateNetworks", "HcnCreateNetwork", "HcnOpenNetwork", "HcnModifyNetwork", "HcnQueryNetworkProperties",
        "HcnDeleteNetwork", "HcnCreateEndpoint", "HcnQueryEndpointStats", "HcnCreateNamespace",
    ];

    [Theory]
    [MemberData(nameof(Functions))]
    public async Task An_error_record_is_a_failure_with_S_OK_too(string function)
    {
        Func<Task> call = await PrepareAsync(function);
        Plan(function, MockFault.Synchronous, document: Record);
        HcsException refusal = await RefusedAsync(HResult.ElementNotFound, call);
        Assert.Equal(function, refusal.Function);
        Assert.Equal(Record, refusal.ResultDocument);

        // At once, and not when the garbage is collected.
        Assert.All(
            new[] { MockKind.Network, MockKind.Endpoint, MockKind.Namespace, MockKind.String },
            kind => Assert.Equal(0, Mock.Alive(kind)));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public async Task The_code_of_a_call_comes_before_that_of_its_record(string function)
    {
        Func<Task> call = await PrepareAsync(function);
        Plan(function, MockFault.Call, HResult.AccessDenied, Record);
        HcsException refusal = await RefusedAsync(HResult.AccessDenied, call);
        Assert.Equal(function, refusal.Function);
        Assert.Equal(Record, refusal.ResultDocument);
    }

    [Theory]
    [InlineData("""{"Success":false,"Error":"why"}""", HResult.Unspecified)]
    [InlineData("""{"Success":false,"ErrorCode":0}""", HResult.Unspecified)]
    [InlineData("""{"ErrorCode":"text"}""", HResult.Unspecified)]
    [InlineData("{ no", HResult.Unspecified)]
    [InlineData("[]", HResult.Unspecified)]
    [InlineData("""{"ErrorCode":-2143617008}""", HResult.NetworkAlreadyExists)]
    [InlineData("""{"ErrorCode":2151350293}""", HResult.NetworkRequestUnsupported)]
    public async Task A_record_of_any_form_is_a_failure(string record, int expected)
    {
        Plan("HcnEnumerateNetworks", MockFault.Synchronous, document: record);
        HcsException refusal = await RefusedAsync(expected, () => CountAsync<HostComputeNetwork>());
        Assert.Equal(record, refusal.ResultDocument);
    }

    [Fact]
    public async Task An_empty_record_is_none()
    {
        Plan("HcnEnumerateNetworks", MockFault.Synchronous, document: " ");
        Assert.Equal(0, await CountAsync<HostComputeNetwork>());
    }

    [Fact]
    public async Task A_refusal_without_a_record_has_no_document()
    {
        Plan("HcnEnumerateNetworks", MockFault.Call, HResult.AccessDenied, document: string.Empty);
        Assert.Null((await RefusedAsync(HResult.AccessDenied, () => CountAsync<HostComputeNetwork>())).ResultDocument);
    }

    [Fact]
    public async Task What_was_made_and_then_refused_is_deleted()
    {
        Plan("HcnCreateNetwork", MockFault.Synchronous, HResult.Unspecified);
        await RefusedAsync(HResult.Unspecified, () => CreateNetworkAsync());
        Assert.Equal(0, await CountAsync<HostComputeNetwork>());
    }

    [Fact]
    public async Task What_was_made_and_cannot_be_read_is_deleted()
    {
        Plan("HcnQueryNetworkProperties", MockFault.Call, HResult.AccessDenied);
        HcsException refusal = await RefusedAsync(HResult.AccessDenied, () => CreateNetworkAsync());
        Assert.Equal("HcnQueryNetworkProperties", refusal.Function);
        Assert.Equal(0, await CountAsync<HostComputeNetwork>());
    }

    [Fact]
    public async Task What_another_has_made_stays_when_its_id_is_refused()
    {
        HostComputeNetwork made = await CreateNetworkAsync();
        await RefusedAsync(HResult.NetworkAlreadyExists, () => CreateNetworkAsync(made.Guid));
        Plan("HcnCreateNetwork", MockFault.Call, HResult.NetworkAlreadyExists);
        await RefusedAsync(HResult.NetworkAlreadyExists, () => CreateNetworkAsync(made.Guid));
        Assert.Equal(0, Mock.Calls("HcnDeleteNetwork"));
        Assert.Equal(made.Name, (await ReadAsync(made)).Name);
    }

    [Fact]
    public async Task A_service_that_takes_no_id_chooses_one()
    {
        Mock.SetIdsRefused(true);
        var id = Guid.NewGuid();
        HostComputeNetwork network = await CreateNetworkAsync(id);
        HostComputeEndpoint endpoint = await Networks.CreateAsync(
            id, new HostComputeEndpoint { HostComputeNetwork = network.Id }, Limit);
        HostComputeNamespace space = await Networks.CreateAsync(id, new HostComputeNamespace(), Limit);
        Assert.DoesNotContain(id, new[] { network.Guid, endpoint.Guid, space.Guid });
        Assert.Equal(network.Name, (await ReadAsync(network)).Name);
        Assert.Equal(2, Mock.Calls("HcnCreateNetwork"));
    }

    [Fact]
    public async Task A_document_that_is_refused_as_an_argument_is_sent_twice_at_most()
    {
        Plan("HcnCreateNetwork", MockFault.Call, HResult.InvalidArgument, nth: -1);
        await RefusedAsync(HResult.InvalidArgument, () => CreateNetworkAsync());
        Assert.Equal(2, Mock.Calls("HcnCreateNetwork"));
        Mock.SetFault("HcnCreateNetwork", MockFault.Call, HResult.AccessDenied, nth: -1);
        await RefusedAsync(HResult.AccessDenied, () => CreateNetworkAsync());
        Assert.Equal(3, Mock.Calls("HcnCreateNetwork"));
    }

    [Fact]
    public async Task What_is_made_late_under_another_id_is_deleted_too()
    {
        Mock.SetIdsRefused(true);
        Mock.Hold("HcnCreateNetwork");
        using var stop = new CancellationTokenSource();
        Task making = Networks.CreateAsync(Guid.NewGuid(), new HostComputeNetwork(), stop.Token);

        // The first call is refused; the caller is let go when the second one has made the network.
        await Waits.Until(() => Mock.Waiting("HcnCreateNetwork") == 1, what: "the first call");
        Mock.Hold("HcnQueryNetworkProperties");
        Mock.Hold("HcnCreateNetwork", on: false);
        await Waits.Until(() => Mock.Waiting("HcnQueryNetworkProperties") == 1, what: "the network is made");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => making.Within());
        Mock.Hold("HcnQueryNetworkProperties", on: false);
        await Waits.Until(() => Mock.Networks == 0, what: "the network is deleted");
    }

    [Fact]
    public async Task A_part_that_has_not_begun_does_not_begin()
    {
        HostComputeNetwork network = await CreateNetworkAsync();
        Mock.Hold("HcnOpenNetwork");
        int queries = Mock.Calls("HcnQueryNetworkProperties");
        using var stop = new CancellationTokenSource();
        Task reading = Networks.GetAsync<HostComputeNetwork>(network.Guid, isDetailed: false, stop.Token);
        Task changing = Networks.ModifyAsync<HostComputeNetwork>(network.Guid, new ModifyNetworkSettingRequest(), stop.Token);
        await Waits.Until(() => Mock.Waiting("HcnOpenNetwork") == 2, what: "both calls");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.Within());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => changing.Within());
        int closes = Mock.Calls("HcnCloseNetwork");
        Mock.Hold("HcnOpenNetwork", on: false);
        await Waits.Until(() => Mock.Calls("HcnCloseNetwork") == closes + 2, what: "both handles are closed");
        Assert.Equal(queries, Mock.Calls("HcnQueryNetworkProperties"));
        Assert.Equal(0, Mock.Calls("HcnModifyNetwork"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nat")]
    public async Task An_endpoint_without_a_network_is_refused_before_a_call(string? network)
    {
        await RefusedAsync(HResult.InvalidArgument, () => Networks.CreateAsync(
            Guid.NewGuid(), new HostComputeEndpoint { HostComputeNetwork = network }, Limit));
        Assert.Equal(0, Mock.Calls("HcnCreateEndpoint"));
    }

    [Fact]
    public async Task An_endpoint_is_made_on_its_open_network()
    {
        await CreateEndpointAsync();
        Assert.Equal(1, Mock.Calls("HcnOpenNetwork"));

        // One of the network that was made, and one of the network that was opened.
        Assert.Equal(2, Mock.Calls("HcnCloseNetwork"));
    }

    [Fact]
    public async Task A_filter_is_sent_as_a_text()
    {
        await Networks.FindAsync<HostComputeNetwork>("""{"Name":"n\"at"}""", Limit);
        Assert.Equal(
            """{"SchemaVersion":{"Major":2,"Minor":0},"Flags":0,"Filter":"{\"Name\":\"n\\\"at\"}"}""",
            Mock.LastDocument("HcnEnumerateNetworks"));
        await Networks.FindAsync<HostComputeNetwork>(null, Limit);
        Assert.Equal(
            """{"SchemaVersion":{"Major":2,"Minor":0},"Flags":0}""", Mock.LastDocument("HcnEnumerateNetworks"));
    }

    [Fact]
    public async Task A_detailed_answer_is_asked_for_by_a_flag()
    {
        HostComputeNetwork made = await CreateNetworkAsync();
        Assert.Null(made.Health!.Extra!.Resources);
        HostComputeNetwork read = await Networks.GetAsync<HostComputeNetwork>(made.Guid, isDetailed: true, Limit);
        Assert.NotNull(read.Health!.Extra!.Resources);
        Assert.Equal(
            """{"SchemaVersion":{"Major":2,"Minor":0},"Flags":1}""", Mock.LastDocument("HcnQueryNetworkProperties"));
    }

    [Theory]
    [InlineData("{ no")]
    [InlineData(" ")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"ID":7}""")]
    public async Task An_answer_that_cannot_be_read_is_a_failure_of_the_service(string answer)
    {
        HostComputeNetwork made = await CreateNetworkAsync();
        Plan("HcnQueryNetworkProperties", MockFault.None, document: answer);
        HcsException refusal = await RefusedAsync(HResult.InvalidData, () => ReadAsync(made));
        Assert.Equal("HcnQueryNetworkProperties", refusal.Function);
    }

    [Theory]
    [InlineData("{ no")]
    [InlineData(" ")]
    [InlineData("{}")]
    [InlineData("[7]")]
    [InlineData("[null]")]
    [InlineData("""["nat"]""")]
    public async Task A_list_that_cannot_be_read_is_a_failure_of_the_service(string answer)
    {
        Plan("HcnEnumerateEndpoints", MockFault.None, document: answer);
        HcsException refusal = await RefusedAsync(HResult.InvalidData, () => CountAsync<HostComputeEndpoint>());
        Assert.Equal("HcnEnumerateEndpoints", refusal.Function);
    }

    [Fact]
    public async Task Ids_are_read_in_every_form()
    {
        var id = Guid.NewGuid();
        Plan("HcnEnumerateNamespaces", MockFault.None, document: $$"""["{{id}}","{{id:B}}","{{id.ToString().ToUpperInvariant()}}"]""");
        Assert.All(await Networks.FindAsync<HostComputeNamespace>(null, Limit), found => Assert.Equal(id, found));
    }

    [Fact]
    public async Task Counters_are_read()
    {
        NetworkStats counters = await Networks.GetStatisticsAsync((await CreateEndpointAsync()).Guid, Limit);
        Assert.Equal((4294968320ul, 2048ul), (counters.BytesReceived, counters.BytesSent));
        Assert.Equal((16ul, 8ul), (counters.PacketsReceived, counters.PacketsSent));
        Assert.Equal((1ul, 2ul), (counters.DroppedPacketsIncoming, counters.DroppedPacketsOutgoing));
        Assert.Equal(0, Mock.Calls("HNSCall"));
    }

    [Fact]
    public async Task The_version_comes_from_the_older_interface()
    {
        Assert.Equal(new Version(13, 3), await Networks.GetVersionAsync(Limit));
        Assert.Equal("/globals/version", Mock.LastDocument("HNSCall"));
    }

    [Theory]
    [InlineData("""{"Success":false,"Error":"Element not found."}""", HResult.Unspecified)]
    [InlineData("""{"Error":"Element not found."}""", HResult.Unspecified)]
    [InlineData("""{"Success":false,"Error":"Element not found.","ErrorCode":2147943568}""", HResult.ElementNotFound)]
    public async Task A_refusal_of_the_older_interface_is_seen_with_S_OK(string response, int expected)
    {
        Plan("HNSCall", MockFault.None, document: response);
        HcsException refusal = await RefusedAsync(expected, () => Networks.GetVersionAsync(Limit));
        Assert.Equal("HNSCall", refusal.Function);
        Assert.Equal(response, refusal.ResultDocument);
    }

    [Theory]
    [InlineData("{ no")]
    [InlineData("""{"Success":true}""")]
    [InlineData("""{"Success":true,"Output":"13.3"}""")]
    public async Task A_response_of_the_older_interface_that_cannot_be_read_is_its_failure(string response)
    {
        Plan("HNSCall", MockFault.None, document: response);
        await RefusedAsync(HResult.InvalidData, () => Networks.GetVersionAsync(Limit));
    }

    [Fact]
    public async Task A_code_of_the_older_interface_is_passed_on()
    {
        Plan("HNSCall", MockFault.Call, HResult.AccessDenied);
        await RefusedAsync(HResult.AccessDenied, () => Networks.GetVersionAsync(Limit));
    }

    [Fact]
    public async Task Refusals_have_the_names_of_the_service()
    {
        HcsException refusal = await RefusedAsync(
            HResult.NetworkNotFound, () => Networks.DeleteAsync<HostComputeNetwork>(Guid.NewGuid(), Limit));
        Assert.Equal("HCN_E_NETWORK_NOT_FOUND", refusal.Symbol);
    }

    private async Task<Func<Task>> PrepareAsync(string function)
    {
        HostComputeNetwork network = await CreateNetworkAsync();
        HostComputeEndpoint endpoint = await CreateEndpointAsync();
        var request = new ModifyNetworkSettingRequest
        {
            ResourceType = "Policy", RequestType = "Add", Settings = new RawJson("""{"Policies":[]}"""),
        };
        return function switch
        {
            "HcnEnumerateNetworks" => () => Networks.FindAsync<HostComputeNetwork>(null, Limit),
            "HcnCreateNetwork" => () => CreateNetworkAsync(),
            "HcnOpenNetwork" or "HcnQueryNetworkProperties" => () => ReadAsync(network),
            "HcnModifyNetwork" => () => Networks.ModifyAsync<HostComputeNetwork>(network.Guid, request, Limit),
            "HcnDeleteNetwork" => () => Networks.DeleteAsync<HostComputeNetwork>(network.Guid, Limit),
            "HcnCreateEndpoint" => () => Networks.CreateAsync(
                Guid.NewGuid(), new HostComputeEndpoint { HostComputeNetwork = network.Id }, Limit),
            "HcnQueryEndpointStats" => () => Networks.GetStatisticsAsync(endpoint.Guid, Limit),
            "HcnCreateNamespace" => () => Networks.CreateAsync(Guid.NewGuid(), new HostComputeNamespace(), Limit),
            _ => throw new ArgumentOutOfRangeException(nameof(function)),
        };
    }
}
