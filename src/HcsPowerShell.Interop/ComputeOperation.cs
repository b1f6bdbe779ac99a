namespace HcsPowerShell.Interop;

/// <summary>
/// The operations on the compute service, its systems, processes, layers, networks and virtual machines, and on images,
/// by the names a fault plan uses.
/// </summary>
public enum ComputeOperation
{
    /// <summary>HcsCreateComputeSystem.</summary>
    Create,

    /// <summary>HcsOpenComputeSystem.</summary>
    Open,

    /// <summary>HcsEnumerateComputeSystems.</summary>
    Enumerate,

    /// <summary>HcsGetServiceProperties.</summary>
    ServiceProperties,

    /// <summary>HcsStartComputeSystem.</summary>
    Start,

    /// <summary>HcsShutDownComputeSystem.</summary>
    Shutdown,

    /// <summary>HcsTerminateComputeSystem.</summary>
    Terminate,

    /// <summary>The exit notification of a container.</summary>
    Wait,

    /// <summary>HcsPauseComputeSystem.</summary>
    Pause,

    /// <summary>HcsResumeComputeSystem.</summary>
    Resume,

    /// <summary>HcsGetComputeSystemProperties without a type: the base properties.</summary>
    Properties,

    /// <summary>HcsGetComputeSystemProperties of type Statistics.</summary>
    Statistics,

    /// <summary>HcsGetComputeSystemProperties of type ProcessList.</summary>
    ProcessList,

    /// <summary>HcsGetComputeSystemProperties of type MappedVirtualDisk.</summary>
    MappedVirtualDisks,

    /// <summary>HcsGetComputeSystemProperties of type PendingUpdates.</summary>
    HasPendingUpdates,

    /// <summary>HcsCreateProcess.</summary>
    CreateProcess,

    /// <summary>HcsOpenProcess.</summary>
    OpenProcess,

    /// <summary>HcsModifyComputeSystem.</summary>
    Modify,

    /// <summary>HcsCloseComputeSystem.</summary>
    Close,

    /// <summary>The exit notification of a process.</summary>
    ProcessWait,

    /// <summary>HcsTerminateProcess.</summary>
    Kill,

    /// <summary>HcsModifyProcess with ConsoleSize.</summary>
    ResizeConsole,

    /// <summary>HcsGetProcessInfo: the pipes of a process.</summary>
    Stdio,

    /// <summary>HcsModifyProcess with CloseHandle.</summary>
    CloseStdin,

    /// <summary>HcsCloseProcess.</summary>
    ProcessClose,

    /// <summary>GetLayerMountPath, and what the disk tells of a layer, of its parents and of its users.</summary>
    DescribeLayer,

    /// <summary>CreateSandboxLayer, ExpandSandboxSize.</summary>
    CreateLayer,

    /// <summary>ActivateLayer, PrepareLayer, GetLayerMountPath.</summary>
    MountLayer,

    /// <summary>UnprepareLayer, DeactivateLayer.</summary>
    DismountLayer,

    /// <summary>DestroyLayer.</summary>
    RemoveLayer,

    /// <summary>ProcessBaseImage, ProcessUtilityImage.</summary>
    InitializeLayer,

    /// <summary>Lists the images of the stores. HCS has no functions for images.</summary>
    ListImages,

    /// <summary>Reads the images of an archive.</summary>
    ReadImage,

    /// <summary>Imports an image into the store.</summary>
    ImportImage,

    /// <summary>Removes an image from the store.</summary>
    RemoveImage,

    /// <summary>HcnEnumerateNetworks.</summary>
    EnumerateNetworks,

    /// <summary>HcnQueryNetworkProperties.</summary>
    QueryNetwork,

    /// <summary>HcnCreateNetwork.</summary>
    CreateNetwork,

    /// <summary>HcnModifyNetwork.</summary>
    ModifyNetwork,

    /// <summary>HcnDeleteNetwork.</summary>
    DeleteNetwork,

    /// <summary>HcnEnumerateEndpoints.</summary>
    EnumerateEndpoints,

    /// <summary>HcnQueryEndpointProperties.</summary>
    QueryEndpoint,

    /// <summary>HcnCreateEndpoint.</summary>
    CreateEndpoint,

    /// <summary>HcnModifyEndpoint.</summary>
    ModifyEndpoint,

    /// <summary>HcnDeleteEndpoint.</summary>
    DeleteEndpoint,

    /// <summary>HcnEnumerateNamespaces.</summary>
    EnumerateNamespaces,

    /// <summary>HcnQueryNamespaceProperties.</summary>
    QueryNamespace,

    /// <summary>HcnCreateNamespace.</summary>
    CreateNamespace,

    /// <summary>HcnModifyNamespace.</summary>
    ModifyNamespace,

    /// <summary>HcnDeleteNamespace.</summary>
    DeleteNamespace,

    /// <summary>HcnQueryEndpointStats.</summary>
    EndpointStatistics,

    /// <summary>The version of the Host Network Service (HNSCall of <c>/globals/version</c>).</summary>
    NetworkVersion,

    /// <summary>HcsSaveComputeSystem.</summary>
    Save,

    /// <summary>HcsCrashComputeSystem.</summary>
    Crash,

    /// <summary>HcsCreateEmptyRuntimeStateFile.</summary>
    CreateStateFile,

    /// <summary>HcsGrantVmAccess, HcsGrantVmGroupAccess.</summary>
    GrantAccess,

    /// <summary>HcsRevokeVmAccess, HcsRevokeVmGroupAccess.</summary>
    RevokeAccess,

    /// <summary>HcsGetServiceProperties of type ProcessorTopology.</summary>
    ProcessorTopology,

    /// <summary>HcsGetServiceProperties of type CpuGroup.</summary>
    CpuGroups,
}
