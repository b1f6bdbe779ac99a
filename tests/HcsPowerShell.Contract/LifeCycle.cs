using System;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Contract;

public abstract partial class ComputeServiceContract
{
    [Fact]
    public async Task A_container_is_created_started_and_ended()
    {
        IContainer container = await CreateAsync();
        Assert.Equal("Created", await StateOfAsync(container));
        await container.StartAsync(Limit);
        Assert.Equal("Running", await StateOfAsync(container));
        await container.ShutdownAsync(Limit);
        SystemExitStatus exit = await container.Exited.Within();
        Assert.Equal(0, exit.Status);
        Assert.Equal(TellsExitType ? "GracefulExit" : null, exit.ExitType);
    }

    [Fact]
    public async Task A_terminated_container_says_so()
    {
        IContainer container = await CreateStartedAsync();
        await container.TerminateAsync(Limit);
        SystemExitStatus exit = await container.Exited.Within();
        Assert.Equal(TellsExitType ? "ForcedExit" : null, exit.ExitType);
    }

    [Fact]
    public async Task An_id_in_use_is_refused_whatever_its_case()
    {
        IContainer container = await CreateAsync();
        await RefusedAsync(HResult.SystemAlreadyExists, () => CreateAsync(container.Id.ToUpperInvariant()));
    }

    [Fact]
    public async Task A_text_beyond_ASCII_is_an_id()
    {
        string id = "größe-容器-\U0001F40B-" + NewId();
        IContainer container = await CreateAsync(id, owner: "Ünï");
        Assert.Equal(id, container.Id);
        ContainerProperties listed = Assert.Single(await ListAsync(new ComputeSystemQuery { Ids = [id] }));
        Assert.Equal(id, listed.Id);
        Assert.Equal("Ünï", listed.Owner);
    }

    [Fact]
    public async Task An_id_can_be_used_again_after_the_exit()
    {
        IContainer first = await CreateStartedAsync();
        await first.TerminateAsync(Limit);
        await first.Exited.Within();
        await RefusedAsync(HResult.SystemNotFound, () => OpenAsync(first.Id));
        IContainer second = await CreateAsync(first.Id);
        Assert.Equal("Created", await StateOfAsync(second));
    }

    [Fact]
    public Task An_unknown_id_is_not_found() => RefusedAsync(HResult.SystemNotFound, () => OpenAsync(NewId()));

    [Fact]
    public Task A_document_that_is_no_JSON_is_refused() => RefusedAsync(
        HResult.InvalidJson, () => Service.CreateContainerAsync(NewId(), "{ no", Version, Limit));

    [Fact]
    public async Task A_second_start_is_refused()
    {
        IContainer container = await CreateStartedAsync();
        await RefusedAsync(HResult.InvalidState, () => container.StartAsync(Limit));
    }

    [Fact]
    public async Task A_running_container_can_be_paused_and_resumed()
    {
        IContainer container = await CreateStartedAsync();
        await container.PauseAsync(Limit);
        Assert.Equal("Paused", await StateOfAsync(container));
        await container.ResumeAsync(Limit);
        Assert.Equal("Running", await StateOfAsync(container));
    }

    [Fact]
    public async Task Pause_and_resume_are_refused_in_the_wrong_state()
    {
        IContainer container = await CreateAsync();
        await RefusedAsync(HResult.InvalidState, () => container.PauseAsync(Limit));
        await container.StartAsync(Limit);
        await RefusedAsync(HResult.InvalidState, () => container.ResumeAsync(Limit));
    }

    [Fact]
    public async Task Ending_what_has_ended_succeeds()
    {
        IContainer container = await CreateStartedAsync();
        await container.TerminateAsync(Limit);
        await container.Exited.Within();
        await container.TerminateAsync(Limit);
        await container.ShutdownAsync(Limit);
    }

    [Fact]
    public async Task A_running_container_can_be_modified()
    {
        IContainer container = await CreateStartedAsync();
        if (CanModify)
        {
            await container.ModifyAsync(Modification, Limit);
        }
        else
        {
            await RefusedAsync(HResult.NotSupported, () => container.ModifyAsync(Modification, Limit));
        }
    }

    [Fact]
    public async Task A_container_that_shares_the_kernel_does_not_crash_and_the_refusal_names_the_function()
    {
        IContainer container = await CreateStartedAsync();
        await RefusedByNameAsync("HcsCrashComputeSystem", () => container.CrashAsync(Limit));
        Assert.Equal("Running", await StateOfAsync(container));
    }

    [Fact]
    public async Task A_running_container_is_not_saved()
    {
        IContainer container = await CreateStartedAsync();
        await RefusedByNameAsync("HcsSaveComputeSystem", () => container.SaveAsync("/state.vmrs", Limit));
        Assert.Equal("Running", await StateOfAsync(container));
    }

    [Fact]
    public async Task The_processors_of_the_host_are_told()
    {
        if (!Absent.Contains(ComputeOperation.ProcessorTopology))
        {
            Assert.NotEmpty((await Service.Machines.GetProcessorTopologyAsync(Limit)).LogicalProcessors!);
            Assert.NotEmpty((await Service.Machines.GetCpuGroupsAsync(Limit)).CpuGroups!);
        }
    }

    [Fact]
    public async Task A_closed_handle_refuses_everything_and_ends_nothing()
    {
        IContainer container = await CreateStartedAsync();
        IContainer other = await OpenAsync(container.Id);
        container.Close();
        container.Close();
        await RefusedAsync(HResult.InvalidHandle, () => container.StartAsync(Limit));
        await RefusedAsync(HResult.InvalidHandle, () => container.PauseAsync(Limit));
        await RefusedAsync(HResult.InvalidHandle, () => container.SaveAsync("/state.vmrs", Limit));
        await RefusedAsync(HResult.InvalidHandle, () => container.CrashAsync(Limit));
        await RefusedAsync(HResult.InvalidHandle, () => container.ModifyAsync(Modification, Limit));
        await RefusedAsync(HResult.InvalidHandle, () => container.CreateProcessAsync(Exit(0), Limit));
        await RefusedAsync(
            HResult.InvalidHandle, () => container.GetPropertiesAsync(new PropertyQuery(), Limit));
        Assert.Equal("Running", await StateOfAsync(other));
    }

    // Some libraries of Windows lack the function, and some hosts lack virtual machines.
    private static async Task RefusedByNameAsync(string function, Func<Task> call) =>
        Assert.Equal(function, (await Assert.ThrowsAsync<HcsException>(call)).Function);
}
