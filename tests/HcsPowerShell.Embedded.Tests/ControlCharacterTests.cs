using System;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Tests.Oci;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests;

/// <summary>
/// Tests that the host applies the same rule to documents that reach it by another way than the commands.
/// </summary>
public sealed class ControlCharacterTests
{
    [Theory]
    [InlineData(EmbeddedIsolation.Process, 1u, """{"DNSSearchList":"corp.example\nnameserver 192.0.2.1"}""", "DNSSearchList")]
    [InlineData(EmbeddedIsolation.Oci, 1u, """{"DNSSearchList":"corp.example\nnameserver 192.0.2.1"}""", "DNSSearchList")]
    [InlineData(EmbeddedIsolation.Oci, 1u, """{"HostName":"a\u001bb"}""", "HostName")]
    [InlineData(EmbeddedIsolation.Oci, 1u, """{"MappedDirectories":[{"HostPath":"/usr","ContainerPath":"/a\tb"}]}""", "MappedDirectories[0].ContainerPath")]
    [InlineData(EmbeddedIsolation.Process, 2u, """{"Container":{"Networking":{"DnsSearchList":"a\nb"}}}""", "Container.Networking.DnsSearchList")]
    [InlineData(EmbeddedIsolation.Oci, 2u, """{"Container":{"GuestOs":{"HostName":"a\nb"}}}""", "Container.GuestOs.HostName")]
    public async Task A_document_is_refused_by_the_member(EmbeddedIsolation isolation, uint schema, string document, string member)
    {
        using EmbeddedHost host = new(isolation);
        await Refused(member, () => host.CreateAsync(document, schema));
    }

    [Theory]
    [InlineData(1u, """{"ResourceType":"Network","RequestType":"Add","Settings":"e\n1"}""", "Settings")]
    [InlineData(1u, """{"ResourceType":"MappedVirtualDisk","RequestType":"Remove","Settings":{"ContainerPath":"/a\u0000"}}""", "Settings.ContainerPath")]
    [InlineData(2u, """{"ResourcePath":"Container/MappedPipes","Settings":{"HostPath":"/p","ContainerPipeName":"p\r"}}""", "Settings.ContainerPipeName")]
    public async Task A_change_is_refused_by_the_member(uint schema, string request, string member)
    {
        using EmbeddedHost host = new(EmbeddedIsolation.Process);
        IContainer container = await host.CreateAsync(schema == 1 ? "{}" : """{"Container":{}}""", schema);
        await container.StartAsync(Token);
        await Refused(member, () => container.ModifyAsync(request, Token));
    }

    [Fact]
    public async Task A_process_is_refused_by_the_member_and_takes_several_lines_as_an_argument()
    {
        using EmbeddedHost host = new(EmbeddedIsolation.Process);
        IContainer container = await host.CreateAsync("{}", 1);
        await container.StartAsync(Token);
        await Refused(
            "User", () => container.CreateProcessAsync(new ProcessConfig { CommandLine = "true", User = "root\n" }, Token));
        await Refused(
            "CommandArgs[1]", () => container.CreateProcessAsync(new ProcessConfig { CommandArgs = ["true", "a\0b"] }, Token));
        IProcess process = await container.CreateProcessAsync(
            new ProcessConfig { CommandArgs = ["/bin/sh", "-c", "true\nexit 7"], Environment = new() { ["TEXT"] = "1\n2" } }, Token);
        Assert.Equal(7u, (await process.Exited.WaitAsync(Token)).ExitCode);
    }

    private static System.Threading.CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task Refused(string member, Func<Task> call)
    {
        HcsException refusal = await Assert.ThrowsAsync<HcsException>(call);
        Assert.Equal(HResult.InvalidArgument, refusal.HResult);
        Assert.Contains($"\"{member}: Character", refusal.ResultDocument, StringComparison.Ordinal);
    }

    private sealed class EmbeddedHost : IDisposable
    {
        private readonly EmbeddedComputeService _service;

        public EmbeddedHost(EmbeddedIsolation isolation)
        {
            if (isolation == EmbeddedIsolation.Oci)
            {
                OciMachine.SkipUnlessPossible();
            }

            _service = new EmbeddedComputeService(isolation);
        }

        public Task<IContainer> CreateAsync(string document, uint schema) => _service.CreateContainerAsync(
            "c", document, new SchemaVersion { Major = schema, Minor = schema - 1 }, Token);

        public void Dispose() => _service.Close();
    }
}
