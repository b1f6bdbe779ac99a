using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Faults;

namespace HcsPowerShell.Embedded.Tests.Faults;

/// <summary>A host with three containers and a process in each, on which every operation can be called.</summary>
internal sealed class DisturbedHost
{
    private static readonly SchemaVersion s_version = new() { Major = 1 };

    private readonly List<IContainer> _containers = [];
    private readonly List<IProcess> _processes = [];

    public DisturbedHost(params FaultRule[] plan)
    {
        Service = new FaultyComputeService(Inner);
        foreach (int number in Enumerable.Range(0, 3))
        {
            _containers.Add(Now(Service.CreateContainerAsync($"c{number}", "{}", s_version, default)));
            _processes.Add(Now(_containers[number].CreateProcessAsync(new ProcessConfig(), default)));
        }

        InnerContainers = [.. Inner.Containers];
        InnerProcesses = [.. Inner.Containers.Select(c => c.LastProcess!)];
        Inner.Log.Calls.Clear();
        Service.FaultPlan = plan;
    }

    public ObedientService Inner { get; } = new();

    public FaultyComputeService Service { get; }

    public IReadOnlyList<ObedientContainer> InnerContainers { get; }

    public IReadOnlyList<ObedientProcess> InnerProcesses { get; }

    public IReadOnlyList<IContainer> Containers => _containers;

    public IReadOnlyList<IProcess> Processes => _processes;

    /// <summary>The calls that reached the inner service.</summary>
    public IEnumerable<string> Calls => Inner.Log.Calls;

    /// <summary>Makes the call on one of the containers. A wait for an exit begins before the exit happens.</summary>
    public Task Call(ComputeOperation operation, int number = 0) =>
        CallUntil(operation, number, CancellationToken.None);

    /// <summary>Returns the answer of the first container.</summary>
    public Task<ContainerProperties> AskAsync(ComputeOperation operation) => (Task<ContainerProperties>)Begin(
        operation, _containers[0], _processes[0], 0, CancellationToken.None);

    /// <summary>Makes the call with a caller that may cancel it.</summary>
    public Task CallUntil(ComputeOperation operation, int number, CancellationToken stop) =>
        Begin(operation, _containers[number], _processes[number], number, stop).Within(what: $"{operation} of container {number}");

    private Task Begin(
        ComputeOperation operation, IContainer container, IProcess process, int number, CancellationToken stop) =>
        operation switch
        {
            ComputeOperation.Create => Service.CreateContainerAsync("new", "{}", s_version, stop),
            ComputeOperation.Open => Service.OpenContainerAsync("c0", stop),
            ComputeOperation.Enumerate => Service.GetContainersAsync(new ComputeSystemQuery(), stop),
            ComputeOperation.ServiceProperties => Service.GetPropertiesAsync(stop),
            ComputeOperation.Start => container.StartAsync(stop),
            ComputeOperation.Shutdown => container.ShutdownAsync(stop),
            ComputeOperation.Terminate => container.TerminateAsync(stop),
            ComputeOperation.Pause => container.PauseAsync(stop),
            ComputeOperation.Resume => container.ResumeAsync(stop),
            ComputeOperation.Properties => Get(container, null, stop),
            ComputeOperation.Statistics => Get(container, "Statistics", stop),
            ComputeOperation.ProcessList => Get(container, "ProcessList", stop),
            ComputeOperation.MappedVirtualDisks => Get(container, "MappedVirtualDisk", stop),
            ComputeOperation.HasPendingUpdates => Get(container, "PendingUpdates", stop),
            ComputeOperation.CreateProcess => container.CreateProcessAsync(new ProcessConfig(), stop),
            ComputeOperation.OpenProcess => container.OpenProcessAsync(7, stop),
            ComputeOperation.Modify => container.ModifyAsync("{}", stop),
            ComputeOperation.Kill => process.KillAsync(stop),
            ComputeOperation.ResizeConsole => process.ResizeConsoleAsync(80, 25, stop),
            ComputeOperation.Stdio => process.GetStdioAsync(stop),
            ComputeOperation.CloseStdin => process.CloseStdinAsync(stop),
            ComputeOperation.Close => Try(container.Close),
            ComputeOperation.ProcessClose => Try(process.Close),
            ComputeOperation.Wait => Exit(() => container.Exited, InnerContainers[number].Exit),
            ComputeOperation.ProcessWait => Exit(() => process.Exited, InnerProcesses[number].Exit),
            ComputeOperation.DescribeLayer => Service.Layers.GetPropertiesAsync("/layer", stop),
            ComputeOperation.CreateLayer => Service.Layers.CreateScratchAsync("/layer", [], 0, stop),
            ComputeOperation.MountLayer => Service.Layers.MountAsync("/layer", [], stop),
            ComputeOperation.DismountLayer => Service.Layers.DismountAsync("/layer", stop),
            ComputeOperation.RemoveLayer => Service.Layers.RemoveAsync("/layer", stop),
            ComputeOperation.InitializeLayer => Service.Layers.InitializeAsync("/layer", stop),
            ComputeOperation.ListImages => Service.Images.GetImagesAsync(stop),
            ComputeOperation.ReadImage => Service.Images.ReadAsync("/image.tar", stop),
            ComputeOperation.ImportImage => Service.Images.ImportAsync(new ImageSource { Path = "/image.tar" }, stop),
            ComputeOperation.RemoveImage => Service.Images.RemoveAsync(ObedientImages.Image, stop),
            ComputeOperation.EnumerateNetworks => Service.Networks.FindAsync<HostComputeNetwork>(null, stop),
            ComputeOperation.QueryNetwork => Service.Networks.GetAsync<HostComputeNetwork>(default, isDetailed: false, stop),
            ComputeOperation.CreateNetwork => Service.Networks.CreateAsync(Guid.NewGuid(), new HostComputeNetwork(), stop),
            ComputeOperation.ModifyNetwork =>
                Service.Networks.ModifyAsync<HostComputeNetwork>(default, new ModifyNetworkSettingRequest(), stop),
            ComputeOperation.DeleteNetwork => Service.Networks.DeleteAsync<HostComputeNetwork>(default, stop),
            ComputeOperation.EnumerateEndpoints => Service.Networks.FindAsync<HostComputeEndpoint>(null, stop),
            ComputeOperation.QueryEndpoint => Service.Networks.GetAsync<HostComputeEndpoint>(default, isDetailed: false, stop),
            ComputeOperation.CreateEndpoint => Service.Networks.CreateAsync(Guid.NewGuid(), new HostComputeEndpoint(), stop),
            ComputeOperation.ModifyEndpoint =>
                Service.Networks.ModifyAsync<HostComputeEndpoint>(default, new ModifyNetworkSettingRequest(), stop),
            ComputeOperation.DeleteEndpoint => Service.Networks.DeleteAsync<HostComputeEndpoint>(default, stop),
            ComputeOperation.EnumerateNamespaces => Service.Networks.FindAsync<HostComputeNamespace>(null, stop),
            ComputeOperation.QueryNamespace => Service.Networks.GetAsync<HostComputeNamespace>(default, isDetailed: false, stop),
            ComputeOperation.CreateNamespace => Service.Networks.CreateAsync(Guid.NewGuid(), new HostComputeNamespace(), stop),
            ComputeOperation.ModifyNamespace =>
                Service.Networks.ModifyAsync<HostComputeNamespace>(default, new ModifyNetworkSettingRequest(), stop),
            ComputeOperation.DeleteNamespace => Service.Networks.DeleteAsync<HostComputeNamespace>(default, stop),
            ComputeOperation.EndpointStatistics => Service.Networks.GetStatisticsAsync(default, stop),
            ComputeOperation.NetworkVersion => Service.Networks.GetVersionAsync(stop),
            ComputeOperation.Save => container.SaveAsync("/state.vmrs", stop),
            ComputeOperation.Crash => container.CrashAsync(stop),
            ComputeOperation.CreateStateFile => Service.Machines.CreateStateFileAsync("/state.vmrs", stop),
            ComputeOperation.GrantAccess => Service.Machines.GrantAccessAsync("c0", "/disk.vhdx", stop),
            ComputeOperation.RevokeAccess => Service.Machines.RevokeAccessAsync("c0", "/disk.vhdx", stop),
            ComputeOperation.ProcessorTopology => Service.Machines.GetProcessorTopologyAsync(stop),
            ComputeOperation.CpuGroups => Service.Machines.GetCpuGroupsAsync(stop),
            _ => throw new ArgumentOutOfRangeException(nameof(operation)),
        };

    private static Task Get(IContainer container, string? type, CancellationToken stop) =>
        container.GetPropertiesAsync(new PropertyQuery { PropertyTypes = type is null ? null : [type] }, stop);

    private static Task Exit(Func<Task> exited, Action exit)
    {
        Task waiting = exited();
        exit();
        return waiting;
    }

    private static Task Try(Action close)
    {
        try
        {
            close();
            return Task.CompletedTask;
        }
        catch (HcsException e)
        {
            return Task.FromException(e);
        }
    }

    private static T Now<T>(Task<T> task) => task.GetAwaiter().GetResult();
}
