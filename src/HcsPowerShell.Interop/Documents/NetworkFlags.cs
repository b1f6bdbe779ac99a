using System;

namespace HcsPowerShell.Interop.Documents;

/// <summary>Flags of a network (HCN <c>NetworkFlags</c>).</summary>
[Flags]
public enum NetworkFlags
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>The service resolves names for the endpoints.</summary>
    EnableDns = 1,

    /// <summary>The service gives addresses by DHCP.</summary>
    EnableDhcp = 2,

    /// <summary>Traffic is mirrored.</summary>
    EnableMirroring = 4,

    /// <summary>The network ends with the service.</summary>
    EnableNonPersistent = 8,

    /// <summary>The network is made again after a reboot.</summary>
    EnablePersistent = 16,

    /// <summary>The network has a virtual switch of its own.</summary>
    IsolateVSwitch = 32,

    /// <summary>Flow steering.</summary>
    EnableFlowSteering = 64,

    /// <summary>The virtual switch is not shared.</summary>
    DisableSharing = 128,

    /// <summary>The firewall filters its traffic.</summary>
    EnableFirewall = 256,

    /// <summary>A lost connection is not reported.</summary>
    SuppressMediaDisconnect = 512,

    /// <summary>The host has no port on the network.</summary>
    DisableHostPort = 1024,

    /// <summary>The adapter of the host takes what is sent to another adapter of it.</summary>
    WeakHostReceiveAdapter = 2048,

    /// <summary>The adapter of the host sends from the addresses of another adapter.</summary>
    WeakHostSendAdapter = 4096,

    /// <summary>I/O virtualization.</summary>
    EnableIov = 8192,
}
