using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>Tests the answers of a host with isolation Oci.</summary>
public sealed class OciAnswerTests : OciTest
{
    [Fact]
    public async Task Of_ContainerProperties()
    {
        IContainer container = await StartAsync(
            new ContainerConfig { Name = "display", Owner = "me", SystemType = "Container" }, id: "an id");
        ContainerProperties listed = Assert.Single(await Host.GetContainersAsync(new ComputeSystemQuery(), Patient));
        ContainerProperties properties = await container.GetPropertiesAsync(
            new PropertyQuery { PropertyTypes = ["PendingUpdates"] }, Token);
        foreach (ContainerProperties answer in new[] { listed, properties })
        {
            Assert.Equal("an id", answer.Id);
            Assert.Equal("Running", answer.State);
            Assert.Equal("display", answer.Name);
            Assert.Equal("Container", answer.SystemType);
            Assert.Equal("Linux", answer.RuntimeOsType);
            Assert.Equal("me", answer.Owner);
            Assert.False(answer.Stopped);
            Assert.Null(answer.ExitType);
            Assert.False(answer.AreUpdatesPending);

            // There is no silo and no virtual machine.
            Assert.Null(answer.SiloGuid);
            Assert.Null(answer.ObRoot);
            Assert.Null(answer.RuntimeId);
            Assert.Null(answer.RuntimeImagePath);
            Assert.False(answer.IsRuntimeTemplate);
        }

        await container.PauseAsync(Patient);
        Assert.Equal("Paused", (await container.GetPropertiesAsync(new PropertyQuery(), Patient)).State);
        await container.TerminateAsync(Patient);
        Assert.Empty(await Host.GetContainersAsync(new ComputeSystemQuery(), Patient));
    }

    [Fact]
    public async Task The_list_takes_Ids_Names_Owners_and_Types()
    {
        await CreateAsync(new ContainerConfig { Name = "one", Owner = "me" }, id: "1");
        await CreateAsync(new ContainerConfig { Name = "two", Owner = "you" }, id: "2");
        Assert.Equal(["1"], await IdsAsync(new ComputeSystemQuery { Ids = ["1", "3"] }));
        Assert.Equal(["2"], await IdsAsync(new ComputeSystemQuery { Names = ["two"] }));
        Assert.Equal(["2"], await IdsAsync(new ComputeSystemQuery { Owners = ["you"] }));
        Assert.Equal(["1", "2"], await IdsAsync(new ComputeSystemQuery { Types = ["Container"] }));
        Assert.Empty(await IdsAsync(new ComputeSystemQuery { Types = ["VirtualMachine"] }));
    }

    [Fact]
    public async Task Of_ProcessStatus()
    {
        IContainer container = await StartAsync();
        IProcess process = await BeginAsync(container, new ProcessConfig { CommandLine = "sh -c \"exit 42\"" });
        ProcessStatus status = await process.Exited.Within();
        Assert.Equal(process.ProcessId, status.ProcessId);
        Assert.True(status.Exited);
        Assert.Equal(42u, status.ExitCode);
        Assert.Equal(0, status.LastWaitResult);
        process.Close();
    }

    [Fact]
    public async Task Of_SystemExitStatus()
    {
        IContainer container = await StartAsync();
        await container.ShutdownAsync(Patient);
        SystemExitStatus exit = await container.Exited.Within();
        Assert.Equal(0, exit.Status);
        Assert.Equal("GracefulExit", exit.ExitType);
        Assert.Null(exit.Attribution);
    }

    [Fact]
    public async Task Of_ResultError()
    {
        HcsException e = await Assert.ThrowsAsync<HcsException>(
            () => CreateAsync(new ContainerConfig { LayerFolderPath = "/no/such" }));
        ResultError error = HcsJson.Read<ResultError>(e.ResultDocument!);
        Assert.Equal(HResult.PathNotFound, error.Error);
        Assert.Equal("LayerFolderPath: '/no/such' does not exist.", error.ErrorMessage);

        // Only Windows components have events and attributions.
        Assert.Null(error.ErrorEvents);
        Assert.Null(error.Attribution);
    }

    [Fact]
    public async Task Of_the_streams_CreateStdInPipe_CreateStdOutPipe_and_CreateStdErrPipe_ask_for()
    {
        IContainer container = await StartAsync();
        IProcess process = await BeginAsync(container, new ProcessConfig
        {
            ApplicationName = "/bin/sh",
            CommandLine = "sh -c \"cat; echo complaint >&2\"",
            CreateStdInPipe = true,
            CreateStdOutPipe = true,
            CreateStdErrPipe = true,
        });
        ProcessStdio stdio = await process.GetStdioAsync(Patient);
        using StreamReader output = new(stdio.StandardOutput!);
        using StreamReader error = new(stdio.StandardError!);
        await stdio.StandardInput!.WriteAsync(Encoding.UTF8.GetBytes("given\n"), Token);
        await stdio.StandardInput.FlushAsync(Token);
        Assert.Equal("given", await output.ReadLineAsync(Token).AsTask().Within());
        await process.CloseStdinAsync(Patient);
        Assert.Equal("complaint\n", await error.ReadToEndAsync(Token).Within());
        Assert.Equal(0u, (await process.Exited.Within()).ExitCode);
        process.Close();

        // A stream that the document does not request does not exist.
        IProcess silent = await BeginAsync(
            container, new ProcessConfig { CommandArgs = ["sh", "-c", "links=$(readlink /proc/$$/fd/0 /proc/$$/fd/1); echo \"$links\" >&2"], CreateStdErrPipe = true });
        ProcessStdio only = await silent.GetStdioAsync(Patient);
        Assert.Null(only.StandardInput);
        Assert.Null(only.StandardOutput);
        using StreamReader links = new(only.StandardError!);
        Assert.Equal("/dev/null\n/dev/null\n", await links.ReadToEndAsync(Token).Within());
        silent.Close();
    }

    [Fact]
    public async Task A_container_that_is_opened_is_the_same_and_closing_it_ends_nothing()
    {
        IContainer container = await StartAsync(new ContainerConfig { HostName = "same" });
        IContainer opened = await Host.OpenContainerAsync(container.Id.ToUpperInvariant(), Patient);
        Assert.Equal("same", await OutputAsync(opened, "cat /proc/sys/kernel/hostname"));
        IProcess process = await BeginAsync(container, "sleep", "1000");
        container.Close();
        process.Close();
        Assert.Equal(process.ProcessId, Assert.Single(await ProcessesAsync(opened)).ProcessId);
        await opened.TerminateAsync(Patient);
    }

    [Fact]
    public async Task TerminateOnLastHandleClosed_ends_the_container_with_its_last_handle()
    {
        IContainer container = await StartAsync(new ContainerConfig { TerminateOnLastHandleClosed = true });
        IContainer other = await Host.OpenContainerAsync(container.Id, Patient);
        container.Close();
        Assert.Equal("alive", await OutputAsync(other, "echo alive"));
        other.Close();
        await Eventually(() => Traces.ControlGroups(container.Id).Count == 0, "it has gone");
        await Eventually(
            async () => !(await Host.GetContainersAsync(new ComputeSystemQuery(), Patient)).Any(), "it is no longer listed");
    }

    private async Task<string[]> IdsAsync(ComputeSystemQuery query) =>
        [.. (await Host.GetContainersAsync(query, Patient)).Select(properties => properties.Id!).Order()];
}
