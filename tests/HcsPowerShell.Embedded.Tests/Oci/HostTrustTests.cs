using System;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Linux.Oci.State;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>Tests that other users of the machine can do nothing to an embedded host or through its content.</summary>
[SupportedOSPlatform("linux")]
public sealed class HostTrustTests : OciTest
{
    private const UnixFileMode Private = (UnixFileMode)0x1C0;

    [Fact]
    public async Task No_other_user_gets_into_the_folders_of_a_host()
    {
        IContainer container = await StartAsync();

        // The name of the control group of a container consists of its host, its number and its id.
        string group = Path.GetFileName(Traces.ControlGroups(container.Id)[0]);
        string host = Path.Combine(HostFolder.Root, group.Split('-')[1]);
        Assert.All(
            Directory.EnumerateDirectories(host).Where(folder => Path.GetFileName(folder) != "etc")
                .Concat(Directory.EnumerateDirectories(Path.Combine(host, "bundles"))).Prepend(host).Prepend(HostFolder.Root),
            folder => Assert.Equal((folder, Private), (folder, File.GetUnixFileMode(folder))));
    }

    [Fact]
    public async Task A_folder_of_an_older_version_is_closed()
    {
        await StartAsync();
        File.SetUnixFileMode(HostFolder.Root, (UnixFileMode)0x1ED);
        using EmbeddedHost other = new();
        await other.CreateAsync();
        Assert.Equal(Private, File.GetUnixFileMode(HostFolder.Root));
    }

    [Fact]
    public async Task A_link_that_anybody_puts_where_a_pipe_would_be_is_not_followed()
    {
        string name = "hcs-test-" + Guid.NewGuid().ToString("N");
        string link = "/tmp/CoreFxPipe_" + name;
        string secret = Path.Combine(Folder, "secret");
        await File.WriteAllTextAsync(secret, "secret", Token);
        File.CreateSymbolicLink(link, secret);
        try
        {
            await PipeIsRefusedAsync(name);
            await PipeIsRefusedAsync(link);
        }
        finally
        {
            File.Delete(link);
        }
    }

    [Fact]
    public async Task A_pipe_of_another_user_is_taken_by_its_path_alone()
    {
        string name = "hcs-test-" + Guid.NewGuid().ToString("N");
        string path = "/tmp/CoreFxPipe_" + name;
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        try
        {
            Run("chown", "65534", path);
            Assert.Contains("65534", await PipeIsRefusedAsync(name), StringComparison.Ordinal);
            IContainer container = await StartAsync(WithPipe(path));
            Assert.Equal("socket", await OutputAsync(container, "[ -S /run/pipe ] && echo socket"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("file")]
    [InlineData("folder")]
    public async Task What_is_no_pipe_is_not_mapped_as_one(string kind)
    {
        string path = Path.Combine(Folder, "pipe");
        if (kind == "file")
        {
            await File.WriteAllTextAsync(path, "", Token);
        }
        else
        {
            Directory.CreateDirectory(path);
        }

        await PipeIsRefusedAsync(path);
    }

    private static ContainerConfig WithPipe(string pipe) =>
        new() { MappedPipes = [new MappedPipe { HostPath = pipe, ContainerPipeName = "/run/pipe" }] };

    private async Task<string> PipeIsRefusedAsync(string pipe)
    {
        string message = await RefusedAsync(() => CreateAsync(WithPipe(pipe)), HResult.InvalidArgument);
        Assert.StartsWith("MappedPipes[0].HostPath:", message, StringComparison.Ordinal);
        IContainer running = await Host.CreateContainerAsync(
            "oci-" + Guid.NewGuid().ToString("N"),
            """{"SchemaVersion":{"Major":2,"Minor":1},"Container":{}}""",
            new SchemaVersion { Major = 2, Minor = 1 },
            Token);
        await running.StartAsync(Patient);
        string settings = HcsJson.Write(new MappedPipe { HostPath = pipe, ContainerPipeName = "/run/pipe" });
        Assert.StartsWith(
            "Settings.HostPath:",
            await RefusedAsync(
                () => running.ModifyAsync(
                    $$"""{"ResourcePath":"Container/MappedPipes","RequestType":"Add","Settings":{{settings}}}""", Token),
                HResult.InvalidArgument),
            StringComparison.Ordinal);
        return message;
    }

    private sealed class EmbeddedHost : IDisposable
    {
        private readonly EmbeddedComputeService _service = new(EmbeddedIsolation.Oci);

        public Task<IContainer> CreateAsync() => _service.CreateContainerAsync(
            "oci-" + Guid.NewGuid().ToString("N"), "{}", new SchemaVersion { Major = 1 }, Token);

        public void Dispose() => _service.Close();
    }
}
