using System;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests;

/// <summary>Tests changes of a running container: which are accepted, kept and refused.</summary>
public sealed class ModifyTests : IDisposable
{
    private readonly EmbeddedComputeService _service = new(EmbeddedIsolation.Process);

    public void Dispose() => _service.Close();

    [Theory]
    [InlineData(1, """{"ResourceType":"Network","Settings":"e-1","RequestType":"Add"}""")]
    [InlineData(1, """{"ResourceType":"network","Settings":"e-1"}""")]
    [InlineData(1, """{"ResourceType":"MappedVirtualDisk","Settings":{"HostPath":"d","ContainerPath":"/d"},"RequestType":"Add"}""")]
    [InlineData(2, """{"ResourcePath":"Container/Memory/SizeInMB","RequestType":"Update","Settings":512}""")]
    [InlineData(2, """{"ResourcePath":"Container/Processor","Settings":{"Weight":500}}""")]
    [InlineData(2, """{"ResourcePath":"Container/MappedDirectories","RequestType":"Add","Settings":{"HostPath":"/","ContainerPath":"/x"}}""")]
    [InlineData(2, """{"ResourcePath":"Container/MappedPipes","RequestType":"Add","Settings":{"HostPath":"/p","ContainerPipeName":"p"}}""")]
    public async Task A_change_of_each_resource_is_taken(uint schema, string request)
    {
        IContainer container = await Start(schema);
        await container.ModifyAsync(request, Token);
    }

    [Theory]
    [InlineData(1, "{ no", HResult.InvalidJson)]
    [InlineData(1, """{"ResourceType":"Memory","Settings":1,"RequestType":"Add"}""", HResult.InvalidJson)]
    [InlineData(1, """{"ResourceType":"Network","Settings":1,"RequestType":"Add"}""", HResult.InvalidJson)]
    [InlineData(1, """{"ResourceType":"Network","Settings":"e","RequestType":"Attach"}""", HResult.InvalidJson)]
    [InlineData(1, """{"ResourceType":"Network","Settings":"e","RequestType":"Update"}""", HResult.InvalidArgument)]
    [InlineData(1, """{"ResourceType":"Network","Settings":null,"RequestType":"Add"}""", HResult.InvalidArgument)]
    [InlineData(1, """{"ResourceType":"Network","Settings":"e","RequestType":"Remove"}""", HResult.ElementNotFound)]
    [InlineData(1, """{"ResourceType":"MappedVirtualDisk","Settings":{"HostPath":"d"},"RequestType":"Add"}""", HResult.InvalidArgument)]
    [InlineData(1, """{"ResourcePath":"Container/Memory/SizeInMB","Settings":512}""", HResult.InvalidJson)]
    [InlineData(2, """{"ResourceType":"Network","Settings":"e-1","RequestType":"Add"}""", HResult.InvalidJson)]
    [InlineData(2, """{"ResourcePath":"Container/Memory/SizeInMB","Settings":"much"}""", HResult.InvalidJson)]
    [InlineData(2, """{"ResourcePath":"Container/Memory/SizeInMB","Settings":0}""", HResult.InvalidJson)]
    [InlineData(2, """{"ResourcePath":"Container/Memory/SizeInMB","RequestType":"Add","Settings":5}""", HResult.InvalidArgument)]
    [InlineData(2, """{"ResourcePath":"Container/Processor","Settings":{"Weight":5,"Count":1}}""", HResult.InvalidArgument)]
    [InlineData(2, """{"ResourcePath":"Container/Processor","Settings":{"Weight":10001}}""", HResult.InvalidArgument)]
    [InlineData(2, """{"ResourcePath":"Container/MappedDirectories","Settings":{"HostPath":"/"}}""", HResult.InvalidArgument)]
    [InlineData(2, """{"ResourcePath":"Container/MappedDirectories","Settings":{"HostPath":"/no/such","ContainerPath":"/x"}}""", HResult.PathNotFound)]
    [InlineData(2, """{"ResourcePath":"Container/MappedPipes","RequestType":"Remove","Settings":{"ContainerPipeName":"p"}}""", HResult.ElementNotFound)]
    [InlineData(2, """{"ResourcePath":"VirtualMachine/Devices/Scsi/0/Attachments/0","Settings":{}}""", HResult.NotSupported)]
    [InlineData(2, """{"ResourcePath":"Container/Memory/SizeInMB","Settings":5,"GuestRequest":{}}""", HResult.NotSupported)]
    public async Task What_HCS_would_refuse_is_refused_by_its_code(uint schema, string request, int hresult)
    {
        IContainer container = await Start(schema);
        await Refused(hresult, container, request);
    }

    [Fact]
    public async Task A_change_is_kept_and_told_by_the_properties()
    {
        IContainer container = await Start(1);
        Assert.Empty(await Disks(container));
        await container.ModifyAsync(Disk("Add", "/a"), Token);
        await container.ModifyAsync(Disk("Add", "/b"), Token);
        Assert.Equal(["/a", "/b"], await Disks(container));
        await Refused(HResult.InvalidArgument, container, Disk("Add", "/b"));
        await container.ModifyAsync(Disk("Remove", "/a"), Token);
        Assert.Equal(["/b"], await Disks(container));
        await Refused(HResult.ElementNotFound, container, Disk("Remove", "/a"));
    }

    [Fact]
    public async Task A_mapped_directory_is_removed_by_the_place_it_is_seen_at()
    {
        IContainer container = await Start(2);
        await container.ModifyAsync(Folder("Add", "C:\\\\data"), Token);
        await Refused(HResult.InvalidArgument, container, Folder("Add", "C:\\\\data"));
        await container.ModifyAsync(Folder("Remove", OperatingSystem.IsWindows() ? "C:\\\\data" : "/data"), Token);
        await Refused(HResult.ElementNotFound, container, Folder("Remove", "C:\\\\data"));
    }

    [Fact]
    public async Task Only_a_running_container_is_changed()
    {
        IContainer container = await Create(1);
        await Refused(HResult.InvalidState, container, Disk("Add", "/a"));
        await container.StartAsync(Token);
        await container.PauseAsync(Token);
        await Refused(HResult.InvalidState, container, Disk("Add", "/a"));
        await container.ResumeAsync(Token);
        await container.ModifyAsync(Disk("Add", "/a"), Token);
        IContainer witness = await _service.OpenContainerAsync(container.Id, Token);
        await container.TerminateAsync(Token);
        await witness.Exited.Within();
        await Refused(HResult.SystemAlreadyStopped, container, Disk("Add", "/b"));
    }

    private static System.Threading.CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Disk(string type, string path) =>
        $$$"""{"ResourceType":"MappedVirtualDisk","Settings":{"HostPath":"disk","ContainerPath":"{{{path}}}"},"RequestType":"{{{type}}}"}""";

    private static string Folder(string type, string path) =>
        $$$"""{"ResourcePath":"Container/MappedDirectories","RequestType":"{{{type}}}","Settings":{"HostPath":"/","ContainerPath":"{{{path}}}"}}""";

    private static async Task<string[]> Disks(IContainer container)
    {
        ContainerProperties properties = await container.GetPropertiesAsync(
            new PropertyQuery { PropertyTypes = ["MappedVirtualDisk"] }, Token);
        return [.. properties.MappedVirtualDiskControllers!.Values
            .SelectMany(controller => controller.MappedVirtualDisks!.Values)
            .Select(disk => disk.ContainerPath!)];
    }

    private static async Task Refused(int hresult, IContainer container, string request)
    {
        HcsException refusal = await Assert.ThrowsAsync<HcsException>(() => container.ModifyAsync(request, Token));
        Assert.True(refusal.HResult == hresult, $"0x{refusal.HResult:X8}: {refusal.ResultDocument}");
    }

    private async Task<IContainer> Start(uint schema)
    {
        IContainer container = await Create(schema);
        await container.StartAsync(Token);
        return container;
    }

    private Task<IContainer> Create(uint schema) => _service.CreateContainerAsync(
        Guid.NewGuid().ToString(),
        schema == 1 ? "{}" : """{"Container":{}}""",
        new SchemaVersion { Major = schema },
        Token);
}
