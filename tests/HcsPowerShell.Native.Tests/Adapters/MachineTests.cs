using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.VmCompute;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>Tests of what computecore has for virtual machines.</summary>
public sealed class MachineTests : MockTests
{
    private const int FileExists = unchecked((int)0x80070050);
    private const int Odd = unchecked((int)0x8037011C);

    private readonly string _folder = Directory.CreateTempSubdirectory("machine").FullName;

    public MachineTests()
        : base(MockLibrary.ComputeCore) => Mock.ForgetGrants();

    private string StateFile => Path.Combine(_folder, "state.vmrs");

    protected override void Disposed()
    {
        Mock.ForgetGrants();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_paused_machine_is_saved_to_a_file_that_was_made_and_granted_before()
    {
        IContainer machine = await CreateMachineAsync();
        await Service.Machines.CreateStateFileAsync(StateFile, Limit);
        await Service.Machines.GrantAccessAsync(machine.Id, StateFile, Limit);
        await machine.PauseAsync(Limit);
        await machine.SaveAsync(StateFile, Limit);
        Assert.Equal("GracefulExit", (await machine.Exited.Within()).ExitType);
        string path = StateFile.Replace(@"\", @"\\", StringComparison.Ordinal);
        Assert.Equal($$"""{"SaveType":"ToFile","SaveStateFilePath":"{{path}}"}""", Mock.LastDocument("HcsSaveComputeSystem"));
        Assert.Equal(
            [
                "HcsCreateEmptyRuntimeStateFile " + StateFile,
                $"HcsGrantVmAccess {machine.Id} {StateFile}",
                "HcsPauseComputeSystem",
                "HcsSaveComputeSystem " + machine.Id,
            ],
            Mock.Record());
        machine.Close();
    }

    [Fact]
    public async Task A_machine_that_runs_or_has_no_right_on_the_file_is_not_saved()
    {
        IContainer machine = await CreateMachineAsync();
        await Service.Machines.CreateStateFileAsync(StateFile, Limit);
        await RefusedAsync(HResult.InvalidState, machine.SaveAsync(StateFile, Limit));
        await machine.PauseAsync(Limit);
        await RefusedAsync(HResult.AccessDenied, machine.SaveAsync(StateFile, Limit));
        await EndAsync(machine);
    }

    [Fact]
    public async Task A_machine_that_ends_otherwise_while_it_is_saved_is_not_saved()
    {
        IContainer machine = await CreateMachineAsync();
        await machine.PauseAsync(Limit);
        Mock.SetFault("HcsSaveComputeSystem", MockFault.Lost);
        Mock.SetClosesPending(true);
        Hurried = [ComputeOperation.Close];
        await Service.Machines.CreateStateFileAsync(StateFile, Limit);
        Mock.Hold("HcsSaveComputeSystem");
        Task saving = machine.SaveAsync(StateFile, Limit);
        await UntilAsync(() => Mock.Waiting("HcsSaveComputeSystem") == 1);
        Mock.ExitSystem(machine.Id, "UnexpectedExit", 0);
        await RefusedAsync(HResult.SystemAlreadyStopped, saving.Within());
        Mock.Hold("HcsSaveComputeSystem", on: false);
        await machine.Exited.Within();
        machine.Close();
    }

    [Fact]
    public async Task A_crash_ends_the_machine()
    {
        IContainer machine = await CreateMachineAsync();
        await machine.CrashAsync(Limit);
        Assert.Equal("UnexpectedExit", (await machine.Exited.Within()).ExitType);
        Assert.Equal("""{"Type":"CrashGuest"}""", Mock.LastDocument("HcsCrashComputeSystem"));
        await RefusedAsync(HResult.SystemAlreadyStopped, machine.CrashAsync(Limit));
        machine.Close();
    }

    [Fact]
    public async Task A_container_without_a_machine_neither_saves_nor_crashes()
    {
        IContainer container = await CreateStartedAsync();
        await container.PauseAsync(Limit);
        await RefusedAsync(HResult.NotSupported, container.SaveAsync(StateFile, Limit));
        await RefusedAsync(HResult.NotSupported, container.CrashAsync(Limit));
        await EndAsync(container);
    }

    [Fact]
    public async Task The_older_library_saves_and_names_the_function_that_crashes()
    {
        var older = new VmComputeService();
        IContainer machine = await older.CreateContainerAsync(NewId(), "{}", new SchemaVersion { Major = 1 }, Limit);
        await machine.StartAsync(Limit);
        HcsException refusal = await RefusedAsync(unchecked((int)0x8007007F), machine.CrashAsync(Limit));
        Assert.Equal("HcsCrashComputeSystem", refusal.Function);
        Assert.IsType<EntryPointNotFoundException>(refusal.InnerException);
        await machine.PauseAsync(Limit);
        await machine.SaveAsync(StateFile, Limit);
        await machine.Exited.Within();
        Assert.Equal(1, MockLibrary.VmCompute.Calls("HcsSaveComputeSystem"));
        machine.Close();
    }

    [Fact]
    public async Task Rights_are_granted_and_taken_back_for_one_machine_and_for_all()
    {
        await File.WriteAllTextAsync(StateFile, string.Empty, Limit);
        await Service.Machines.GrantAccessAsync("web", StateFile, Limit);
        await Service.Machines.GrantAccessAsync(null, StateFile, Limit);
        Assert.Equal(2, Mock.Grants);
        await Service.Machines.RevokeAccessAsync("web", StateFile, Limit);
        await Service.Machines.RevokeAccessAsync(null, StateFile, Limit);
        Assert.Equal(0, Mock.Grants);
        Assert.Equal(
            ["HcsGrantVmAccess web", "HcsGrantVmGroupAccess", "HcsRevokeVmAccess web", "HcsRevokeVmGroupAccess"],
            Mock.Record().Select(line => line.Replace(" " + StateFile, string.Empty, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("HcsCreateEmptyRuntimeStateFile")]
    [InlineData("HcsGrantVmAccess")]
    [InlineData("HcsGrantVmGroupAccess")]
    [InlineData("HcsRevokeVmAccess")]
    [InlineData("HcsRevokeVmGroupAccess")]
    public async Task A_refusal_names_the_function_and_keeps_its_code(string function)
    {
        Mock.SetFault(function, MockFault.Call, Odd);
        HcsException refusal = await RefusedAsync(Odd, CallAsync(function, default));
        Assert.Equal(function, refusal.Function);
        Assert.Equal(Odd, refusal.HResult);
    }

    [Fact]
    public async Task A_file_that_exists_is_not_made_again()
    {
        await Service.Machines.CreateStateFileAsync(StateFile, Limit);
        await RefusedAsync(FileExists, Service.Machines.CreateStateFileAsync(StateFile, Limit));
    }

    [Theory]
    [InlineData("HcsGrantVmAccess")]
    [InlineData("HcsGrantVmGroupAccess")]
    public async Task A_right_that_is_granted_after_its_time_is_taken_back(string function)
    {
        await File.WriteAllTextAsync(StateFile, string.Empty, Limit);
        await EndsLateAsync(function);
        await UntilAsync(() => Mock.Record().Length == 2 && Mock.Grants == 0);
        string revocation = function.Replace("Grant", "Revoke", StringComparison.Ordinal);
        Assert.Equal([function, revocation], Mock.Record().Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public async Task A_file_that_is_made_after_its_time_is_deleted()
    {
        await EndsLateAsync("HcsCreateEmptyRuntimeStateFile");
        await UntilAsync(() => Mock.Record().Length == 1 && !File.Exists(StateFile));
    }

    [Fact]
    public async Task The_processors_of_the_host_are_told()
    {
        ProcessorTopology topology = await Service.Machines.GetProcessorTopologyAsync(Limit);
        Assert.Equal("""{"PropertyTypes":["ProcessorTopology"]}""", Mock.LastDocument("HcsGetServiceProperties"));
        Assert.Equal([0u, 1u], topology.LogicalProcessors!.Select(one => one.LpIndex));
        Assert.Equal([0, -1], topology.LogicalProcessors!.Select(one => one.RootVpIndex));
        CpuGroupConfig group = Assert.Single((await Service.Machines.GetCpuGroupsAsync(Limit)).CpuGroups!);
        Assert.Equal("""{"PropertyTypes":["CpuGroup"]}""", Mock.LastDocument("HcsGetServiceProperties"));
        Assert.Equal([0u, 1u], group.Affinity!.LogicalProcessors!);
        Assert.Equal(32768u, Assert.Single(group.GroupProperties!).PropertyValue);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"Properties\":[]}")]
    [InlineData("{ no")]
    [InlineData("{\"Properties\":[{\"LogicalProcessors\":[{\"LpIndex\":-5}]}]}")]
    public async Task An_answer_that_cannot_be_read_is_a_failure_of_the_service(string answer)
    {
        Mock.SetFault("HcsGetServiceProperties", MockFault.None, document: answer);
        HcsException failure = await RefusedAsync(HResult.InvalidData, Service.Machines.GetProcessorTopologyAsync(Limit));
        Assert.Equal("HcsGetServiceProperties", failure.Function);
    }

    /// <summary>Makes a call that ends only after its caller has given up.</summary>
    private async Task EndsLateAsync(string function)
    {
        Mock.Hold(function);
        Task call = CallAsync(function, new CallOptions(Limit, TimeSpan.FromMilliseconds(50)));
        HcsException late = await RefusedAsync(HResult.OperationTimeout, call.Within());
        Assert.Equal(function, late.Function);
        await UntilAsync(() => Mock.Waiting(function) == 1);
        Mock.Hold(function, on: false);
    }

    private Task CallAsync(string function, CallOptions options) => function switch
    {
        "HcsCreateEmptyRuntimeStateFile" => Service.Machines.CreateStateFileAsync(StateFile, options),
        "HcsGrantVmAccess" => Service.Machines.GrantAccessAsync("web", StateFile, options),
        "HcsGrantVmGroupAccess" => Service.Machines.GrantAccessAsync(null, StateFile, options),
        "HcsRevokeVmAccess" => Service.Machines.RevokeAccessAsync("web", StateFile, options),
        _ => Service.Machines.RevokeAccessAsync(null, StateFile, options),
    };

    private async Task<IContainer> CreateMachineAsync()
    {
        IContainer machine = await Service.CreateContainerAsync(
            NewId(), """{"Owner":"test","VirtualMachine":{}}""", new SchemaVersion { Major = 2 }, Limit);
        await machine.StartAsync(Limit);
        return machine;
    }
}
