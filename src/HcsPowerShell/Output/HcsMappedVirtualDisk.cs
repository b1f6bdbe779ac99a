using System;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell;

/// <summary>A virtual disk attached to a container.</summary>
public sealed class HcsMappedVirtualDisk : HcsOutput
{
    internal HcsMappedVirtualDisk(HcsHost host, string containerId, string controller, string lun, MappedVirtualDisk disk)
        : base(host)
    {
        ContainerId = containerId;
        Controller = controller;
        Lun = lun;
        HostPath = VisibleText.OfName(disk.HostPath);
        ContainerPath = VisibleText.OfName(disk.ContainerPath);
        CreateInUtilityVM = disk.CreateInUtilityVM;
        ReadOnly = disk.ReadOnly;
        Cache = VisibleText.OfName(disk.Cache);
        AttachOnly = disk.AttachOnly;
        ServiceDocument = HcsJson.Reproduce(disk);
    }

    /// <summary>The id of the container.</summary>
    public string ContainerId { get; }

    /// <summary>Number of the controller.</summary>
    public string Controller { get; }

    /// <summary>Logical unit number.</summary>
    public string Lun { get; }

    /// <summary>Path of the disk image on the host.</summary>
    public string? HostPath { get; }

    /// <summary>Path of the disk in the container.</summary>
    public string? ContainerPath { get; }

    /// <summary>True when the disk is attached to the utility virtual machine only.</summary>
    public bool CreateInUtilityVM { get; }

    /// <summary>True when the container cannot write to the disk.</summary>
    public bool ReadOnly { get; }

    /// <summary>Disabled, Enabled, Private or PrivateAllowSharing.</summary>
    public string? Cache { get; }

    /// <summary>True when the disk is attached but not mounted.</summary>
    public bool AttachOnly { get; }

    internal override string? ServiceDocument { get; }

    /// <inheritdoc/>
    public override string ToString() => HostPath ?? $"{Controller}:{Lun}";
}
