using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests;

/// <summary>Runs the contract on documents of schema 2, and tests the answers of the host to such documents.</summary>
public sealed class EmbeddedSchema2Tests : EmbeddedContractTests
{
    protected override SchemaVersion Version { get; } = new() { Major = 2, Minor = 1 };

    protected override string Modification =>
        """{"ResourcePath":"Container/Memory/SizeInMB","RequestType":"Update","Settings":512}""";

    protected override string Document(string owner) =>
        HcsJson.Write(new Interop.Documents.ComputeSystem { SchemaVersion = Version, Owner = owner, Container = new() });

    [Theory]
    [InlineData("\"HostedSystem\":{\"Container\":{}}", "HostedSystem")]
    [InlineData("\"VirtualMachine\":{}", "VirtualMachine")]
    [InlineData("\"HostingSystemId\":\"vm\",\"Container\":{}", "HostingSystemId")]
    public async Task A_virtual_machine_is_refused_by_the_member(string members, string named)
    {
        HcsException refusal = await RefusedAsync(HResult.NotSupported, () => Create("{" + members + "}"));
        Assert.Contains(named + ":", refusal.ResultDocument, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "Exactly one of")]
    [InlineData("""{"Container":{"Processor":{"Count":1,"Weight":5}}}""", "Container.Processor")]
    [InlineData("""{"Container":{"MappedDirectories":[{"HostPath":"/tmp"}]}}""", "MappedDirectories[0].ContainerPath")]
    public async Task What_schema_2_forbids_is_refused(string document, string named)
    {
        HcsException refusal = await RefusedAsync(HResult.InvalidArgument, () => Create(document));
        Assert.Contains(named, refusal.ResultDocument, System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_folder_is_named_as_schema_2_names_it()
    {
        HcsException refusal = await RefusedAsync(
            HResult.PathNotFound,
            () => Create("""{"Container":{"Storage":{"Layers":[{"Id":"l","Path":"/no/such/layer"}]}}}"""));
        Assert.Contains("Container.Storage.Layers[0].Path", refusal.ResultDocument, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2u, 7u)]
    [InlineData(3u, 0u)]
    public async Task A_schema_of_the_future_is_refused(uint major, uint minor) => await RefusedAsync(
        HResult.NotSupported,
        () => Service.CreateContainerAsync(
            NewId(), """{"Container":{}}""", new SchemaVersion { Major = major, Minor = minor }, Limit));

    [Fact]
    public async Task The_host_says_what_of_schema_2_it_does_not_enforce()
    {
        HostProperties properties = await Service.GetPropertiesAsync(Limit);
        Assert.Contains("Container.Memory.SizeInMB", properties.UnenforcedSystemMembers);
        Assert.Contains("Container.HvSocket", properties.UnenforcedSystemMembers);
        Assert.Equal(["1.0", "2.6"], properties.SchemaVersions);
    }

    private Task Create(string document) => Service.CreateContainerAsync(NewId(), document, Version, Limit);
}
