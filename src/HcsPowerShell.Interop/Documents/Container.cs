namespace HcsPowerShell.Interop.Documents;

/// <summary>Schema 2 settings of a container (HCS <c>Container</c>).</summary>
[SinceSchema(2, 0)]
public sealed class Container : CompositeDocument
{
    /// <summary>The settings of the guest.</summary>
    public GuestOs? GuestOs { get; set; }

    /// <summary>Layers and scratch.</summary>
    public ContainerStorage? Storage { get; set; }

    /// <summary>Host folders seen inside the container.</summary>
    public ContainerMappedDirectory[]? MappedDirectories { get; set; }

    /// <summary>Host pipes seen inside the container.</summary>
    public ContainerMappedPipe[]? MappedPipes { get; set; }

    /// <summary>Memory limit.</summary>
    public ContainerMemory? Memory { get; set; }

    /// <summary>Processor limit.</summary>
    public ContainerProcessor? Processor { get; set; }

    /// <summary>Network.</summary>
    public ContainerNetworking? Networking { get; set; }

    /// <summary>Hypervisor sockets, as raw JSON.</summary>
    public RawJson? HvSocket { get; set; }

    /// <summary>Credential guard instance, as raw JSON. Secret: never logged.</summary>
    public RawJson? ContainerCredentialGuard { get; set; }

    /// <summary>Registry changes, as raw JSON.</summary>
    public RawJson? RegistryChanges { get; set; }

    /// <summary>Devices, as raw JSON.</summary>
    public RawJson? AssignedDevices { get; set; }

    /// <summary>Devices added to the namespace of the container, as raw JSON.</summary>
    [SinceSchema(2, 4)]
    public RawJson? AdditionalDeviceNamespace { get; set; }
}
