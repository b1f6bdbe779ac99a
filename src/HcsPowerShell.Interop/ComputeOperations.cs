using System;
using System.Threading;

namespace HcsPowerShell.Interop;

/// <summary>
/// Maps each operation to its HCS function, to the event that reports it and to its default time limit.
/// </summary>
public static class ComputeOperations
{
    /// <summary>Returns the name of the HCS function, or of the notification, that errors show; for images our own.</summary>
    public static string Function(this ComputeOperation operation) => operation switch
    {
        ComputeOperation.Create => "HcsCreateComputeSystem",
        ComputeOperation.Open => "HcsOpenComputeSystem",
        ComputeOperation.Enumerate => "HcsEnumerateComputeSystems",
        ComputeOperation.ServiceProperties or ComputeOperation.ProcessorTopology or ComputeOperation.CpuGroups =>
            "HcsGetServiceProperties",
        ComputeOperation.Start => "HcsStartComputeSystem",
        ComputeOperation.Shutdown => "HcsShutDownComputeSystem",
        ComputeOperation.Terminate => "HcsTerminateComputeSystem",
        ComputeOperation.Wait => "SystemExited",
        ComputeOperation.Pause => "HcsPauseComputeSystem",
        ComputeOperation.Resume => "HcsResumeComputeSystem",
        ComputeOperation.CreateProcess => "HcsCreateProcess",
        ComputeOperation.OpenProcess => "HcsOpenProcess",
        ComputeOperation.Modify => "HcsModifyComputeSystem",
        ComputeOperation.Close => "HcsCloseComputeSystem",
        ComputeOperation.ProcessWait => "ProcessExited",
        ComputeOperation.Kill => "HcsTerminateProcess",
        ComputeOperation.ResizeConsole or ComputeOperation.CloseStdin => "HcsModifyProcess",
        ComputeOperation.Stdio => "HcsGetProcessInfo",
        ComputeOperation.ProcessClose => "HcsCloseProcess",
        ComputeOperation.DescribeLayer => "GetLayerMountPath",
        ComputeOperation.CreateLayer => "CreateSandboxLayer",
        ComputeOperation.MountLayer => "PrepareLayer",
        ComputeOperation.DismountLayer => "UnprepareLayer",
        ComputeOperation.RemoveLayer => "DestroyLayer",
        ComputeOperation.InitializeLayer => "ProcessBaseImage",
        ComputeOperation.ListImages => "GetImages",
        ComputeOperation.ReadImage or ComputeOperation.ImportImage or ComputeOperation.RemoveImage => operation.ToString(),
        ComputeOperation.QueryNetwork => "HcnQueryNetworkProperties",
        ComputeOperation.QueryEndpoint => "HcnQueryEndpointProperties",
        ComputeOperation.QueryNamespace => "HcnQueryNamespaceProperties",
        ComputeOperation.EndpointStatistics => "HcnQueryEndpointStats",
        ComputeOperation.NetworkVersion => "HNSCall",
        ComputeOperation.Save => "HcsSaveComputeSystem",
        ComputeOperation.Crash => "HcsCrashComputeSystem",
        ComputeOperation.CreateStateFile => "HcsCreateEmptyRuntimeStateFile",
        ComputeOperation.GrantAccess => "HcsGrantVmAccess",
        ComputeOperation.RevokeAccess => "HcsRevokeVmAccess",
        _ when operation.IsOnNetworks() => "Hcn" + operation,
        _ => "HcsGetComputeSystemProperties",
    };

    /// <summary>True for the operations on the networks of a host, and on their endpoints and namespaces.</summary>
    internal static bool IsOnNetworks(this ComputeOperation operation) =>
        operation is >= ComputeOperation.EnumerateNetworks and <= ComputeOperation.NetworkVersion;

    /// <summary>True for the operations that only virtual machines need.</summary>
    internal static bool IsOnMachines(this ComputeOperation operation) =>
        operation is >= ComputeOperation.Save and <= ComputeOperation.CpuGroups;

    /// <summary>Returns the event that reports the operation; null when there is none.</summary>
    internal static ComputeSystemEventType? Event(this ComputeOperation operation) => operation switch
    {
        ComputeOperation.Start => ComputeSystemEventType.SystemStarted,
        ComputeOperation.Wait => ComputeSystemEventType.SystemExited,
        ComputeOperation.Pause => ComputeSystemEventType.SystemPaused,
        ComputeOperation.Resume => ComputeSystemEventType.SystemResumed,
        ComputeOperation.CreateProcess => ComputeSystemEventType.ProcessStarted,
        ComputeOperation.ProcessWait => ComputeSystemEventType.ProcessExited,
        _ => null,
    };

    /// <summary>
    /// Returns the time after which a call fails with <see cref="HResult.OperationTimeout"/> when its caller gives
    /// none: 240 s to create, start, pause, resume or save a system (as in hcsshim), 60 s to modify it, shut it down or
    /// crash it, and for the files of virtual machines, 30 s to terminate it, 10 s for a close, an hour to complete a base layer, which writes two disks, or to import an
    /// image, which may load gigabytes, 240 s for every other call on layers and images, 60 s for a call on networks, 4 s for
    /// the counters of an endpoint, and 4 s for every other call: a query, an open, a process and its streams.
    /// The wait for an exit has no limit.
    /// </summary>
    public static TimeSpan DefaultTimeout(this ComputeOperation operation) => operation switch
    {
        ComputeOperation.InitializeLayer or ComputeOperation.ImportImage => TimeSpan.FromHours(1),
        ComputeOperation.Create or ComputeOperation.Start or ComputeOperation.Pause or ComputeOperation.Resume
            or ComputeOperation.Save or ComputeOperation.DescribeLayer or ComputeOperation.CreateLayer or ComputeOperation.MountLayer
            or ComputeOperation.DismountLayer or ComputeOperation.RemoveLayer or ComputeOperation.ListImages
            or ComputeOperation.ReadImage or ComputeOperation.RemoveImage => TimeSpan.FromSeconds(240),
        ComputeOperation.Shutdown or ComputeOperation.Modify or ComputeOperation.Crash or ComputeOperation.CreateStateFile
            or ComputeOperation.GrantAccess or ComputeOperation.RevokeAccess => TimeSpan.FromSeconds(60),
        ComputeOperation.Terminate => TimeSpan.FromSeconds(30),
        ComputeOperation.Close or ComputeOperation.ProcessClose => TimeSpan.FromSeconds(10),
        ComputeOperation.Wait or ComputeOperation.ProcessWait => Timeout.InfiniteTimeSpan,
        not ComputeOperation.EndpointStatistics when operation.IsOnNetworks() => TimeSpan.FromSeconds(60),
        _ => TimeSpan.FromSeconds(4),
    };
}
