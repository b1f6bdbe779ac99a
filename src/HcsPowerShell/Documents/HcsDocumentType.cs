namespace HcsPowerShell.Documents;

/// <summary>The documents that commands can convert; each value has the name of its class.</summary>
public enum HcsDocumentType
{
    /// <summary>Creates a container, schema 1.</summary>
    ContainerConfig,

    /// <summary>A read-only layer.</summary>
    Layer,

    /// <summary>A host folder in a container.</summary>
    MappedDir,

    /// <summary>A host pipe in a container.</summary>
    MappedPipe,

    /// <summary>The utility virtual machine of a container.</summary>
    HvRuntime,

    /// <summary>A virtual disk in a container.</summary>
    MappedVirtualDisk,

    /// <summary>Starts a process, schema 1.</summary>
    ProcessConfig,

    /// <summary>Filters a list of systems.</summary>
    ComputeSystemQuery,

    /// <summary>Changes a resource of a running container, schema 1.</summary>
    ResourceModificationRequestResponse,

    /// <summary>The properties of a system, as the service reports them.</summary>
    ContainerProperties,

    /// <summary>One sample of counters.</summary>
    Statistics,

    /// <summary>Memory counters.</summary>
    MemoryStats,

    /// <summary>Processor counters.</summary>
    ProcessorStats,

    /// <summary>Storage counters.</summary>
    StorageStats,

    /// <summary>Network counters of one endpoint.</summary>
    NetworkStats,

    /// <summary>One process of a container.</summary>
    ProcessListItem,

    /// <summary>The disks of one controller.</summary>
    MappedVirtualDiskController,

    /// <summary>Asks for properties of a system.</summary>
    PropertyQuery,

    /// <summary>The state of a process, or its exit status.</summary>
    ProcessStatus,

    /// <summary>Resizes a console or closes a pipe.</summary>
    ProcessModifyRequest,

    /// <summary>The description of a failure, as the service reports it.</summary>
    ResultError,

    /// <summary>The exit status of a system.</summary>
    SystemExitStatus,

    /// <summary>Creates a system, schema 2.</summary>
    ComputeSystem,

    /// <summary>A container, schema 2.</summary>
    Container,

    /// <summary>A container hosted in a virtual machine, schema 2.</summary>
    HostedSystem,

    /// <summary>Starts a process, schema 2.</summary>
    ProcessParameters,

    /// <summary>Changes a setting of a running system, schema 2.</summary>
    ModifySettingRequest,

    /// <summary>Filters a list of systems, schema 2.</summary>
    SystemQuery,

    /// <summary>The properties of a system, as the service reports them, schema 2.</summary>
    Properties,

    /// <summary>One process of a container, schema 2.</summary>
    ProcessDetails,

    /// <summary>The properties of the service itself, schema 2.</summary>
    ServiceProperties,

    /// <summary>A version of the schema.</summary>
    SchemaVersion,

    /// <summary>Creates a network (HCN).</summary>
    HostComputeNetwork,

    /// <summary>Creates an endpoint (HCN).</summary>
    HostComputeEndpoint,
}
