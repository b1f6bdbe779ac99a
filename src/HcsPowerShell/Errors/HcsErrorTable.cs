using System;
using System.Collections.Generic;
using System.Management.Automation;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Errors;

/// <summary>The id, category, sentence and advice for each code of the service. Ids never change.</summary>
internal static class HcsErrorTable
{
    private static readonly HcsErrorRow s_unknown = new(
        "HcsOperationFailed",
        ErrorCategory.InvalidOperation,
        "the service reported a failure",
        "Read the service's own message; the code tells more.");

    private static readonly HcsErrorRow s_missingExport = new(
        "HcsApiNotSupported",
        ErrorCategory.NotImplemented,
        "this Windows lacks the function that the message names",
        "Use Windows 10 1809, Windows Server 2019 or later: they are the first with computecore.dll and its functions.");

    private static readonly HcsErrorRow s_missingGroupExport = s_missingExport with
    {
        Advice = "Use Windows 10 2004, Windows Server 2022 or later, or name each virtual machine with -Id.",
    };

    private static readonly HcsErrorRow s_foreignLibrary = new(
        "HcsLibraryNotUsable",
        ErrorCategory.NotInstalled,
        "a library of Windows cannot be loaded into this process: it is damaged or for another kind of processor",
        "Use the PowerShell that was made for the processor of this machine; if that is the one in use, repair Windows.");

    private static readonly HcsErrorRow s_narrowProcess = new(
        "HcsLibraryNotUsable",
        ErrorCategory.NotInstalled,
        "this is a 32-bit PowerShell, and the Host Compute Service has libraries for 64-bit processes only",
        "Start the 64-bit PowerShell; from a 32-bit process, Windows PowerShell is at "
            + @"$env:windir\sysnative\WindowsPowerShell\v1.0\powershell.exe.");

    // The codes of HCS itself, by their low 16 bits: both families (0x8037xxxx, 0xC037xxxx) mean the same.
    private static readonly Dictionary<int, HcsErrorRow> s_hcs = new()
    {
        [0x0100] = new(
            "HcsTerminatedDuringStart",
            ErrorCategory.InvalidResult,
            "the system exited while it was starting",
            "Read the events of the error; check the layers and the command the image starts with."),
        [0x0101] = new(
            "HcsImageMismatch",
            ErrorCategory.InvalidData,
            "the container's operating system does not match the host's",
            "Use an image built for this Windows version, or Hyper-V isolation."),
        [0x0102] = new(
            "HcsHyperVNotInstalled",
            ErrorCategory.NotInstalled,
            "a required feature is missing",
            "Check that Hyper-V and the Containers feature are enabled, and that virtualization is on in the firmware and offered to this machine."),
        [0x0103] = new(
            "HcsOperationPending",
            ErrorCategory.ResourceBusy,
            "the operation is still running",
            "Wait for the system's event, or ask again."),
        [0x0104] = new(
            "HcsTooManyNotifications",
            ErrorCategory.LimitsExceeded,
            "too many callbacks are registered",
            "Close handles that are no longer needed."),
        [0x0105] = new(
            "HcsInvalidState",
            ErrorCategory.InvalidOperation,
            "the system is in a state that does not allow it",
            "Look at its state with Get-HcsContainer: a container must be started before it runs processes, and resumed when it is paused."),
        [0x0106] = new(
            "HcsUnexpectedExit",
            ErrorCategory.InvalidResult,
            "the system exited unexpectedly",
            "Read the events of the error and the system's event log; if its image has newer updates than the host, "
                + "update the host or use -HvPartition."),
        [0x0107] = new(
            "HcsTerminated",
            ErrorCategory.OperationStopped,
            "the system was forcefully ended",
            "Find out who ended it; create it again to go on."),
        [0x0108] = new(
            "HcsConnectFailed",
            ErrorCategory.ConnectionError,
            "no connection to the guest",
            "Check that the guest has booted and runs the guest compute service."),
        [0x0109] = new(
            "HcsConnectionTimeout",
            ErrorCategory.OperationTimeout,
            "the guest did not answer in time",
            "Check the load of the host and that the guest has booted; try again."),
        [0x010A] = new(
            "HcsConnectionClosed",
            ErrorCategory.ConnectionError,
            "the connection to the guest was closed",
            "Check whether the guest has crashed or restarted."),
        [0x010B] = new(
            "HcsUnknownMessage",
            ErrorCategory.ProtocolError,
            "the guest does not know the message",
            "Check that guest and host versions fit each other."),
        [0x010C] = new(
            "HcsUnsupportedProtocolVersion",
            ErrorCategory.ProtocolError,
            "host and guest have no protocol version in common",
            "Check that guest and host versions fit each other."),
        [0x010D] = new(
            "HcsInvalidJson",
            ErrorCategory.InvalidData,
            "the document is not valid",
            "Check the member that the service names; ConvertTo-HcsJson and New-HcsContainer -WhatIf -Verbose show the document."),
        [0x010E] = new(
            "HcsSystemNotFound",
            ErrorCategory.ObjectNotFound,
            "no such system",
            "List the systems with Get-HcsContainer. A system is gone once it has exited, and an embedded host belongs to one process: a job of Start-Job has another."),
        [0x010F] = new(
            "HcsSystemAlreadyExists",
            ErrorCategory.ResourceExists,
            "the id is in use",
            "Choose another id, or stop the system that has it: Get-HcsContainer -Id shows it."),
        [0x0110] = new(
            "HcsSystemAlreadyStopped",
            ErrorCategory.InvalidOperation,
            "the system is not running any more",
            "Create it again: a system cannot be started after it has exited."),
        [0x0111] = new(
            "HcsProtocolError",
            ErrorCategory.ProtocolError,
            "host and guest misunderstood each other",
            "Check that guest and host versions fit each other."),
        [0x0112] = new(
            "HcsInvalidLayer",
            ErrorCategory.InvalidData,
            "a layer has a format the service does not know",
            "Check that every layer is a folder made by a layer tool, base layer last, and that the image was built for the "
                + "Windows version of this host."),
        [0x0113] = new(
            "HcsWindowsInsiderRequired",
            ErrorCategory.NotEnabled,
            "the image needs a Windows Insider host",
            "Use a released image or an Insider build."),
        [0x0114] = new(
            "HcsServiceNotAvailable",
            ErrorCategory.NotInstalled,
            "a required feature is not installed",
            "Enable the Containers or Hyper-V feature."),
        [0x0115] = new(
            "HcsOperationNotStarted",
            ErrorCategory.InvalidOperation,
            "the operation was never started",
            "Report this as a defect of the module."),
        [0x0116] = new(
            "HcsOperationAlreadyStarted",
            ErrorCategory.InvalidOperation,
            "the operation is already running",
            "Report this as a defect of the module."),
        [0x0117] = new(
            "HcsOperationPending",
            ErrorCategory.ResourceBusy,
            "the operation is still running",
            "Wait for the system's event, or ask again."),
        [0x0118] = new(
            "HcsOperationTimeout",
            ErrorCategory.OperationTimeout,
            "the wait ran out and the operation goes on",
            "Allow more time with -TimeoutSec, or look later with Get-HcsContainer."),
        [0x0119] = new(
            "HcsCallbackAlreadySet",
            ErrorCategory.InvalidOperation,
            "an event callback is already registered",
            "Report this as a defect of the module."),
        [0x011A] = new(
            "HcsResultAllocationFailed",
            ErrorCategory.ResourceUnavailable,
            "there was no memory for the result",
            "Free memory on the host and try again."),
        [0x011B] = new(
            "HcsAccessDenied",
            ErrorCategory.PermissionDenied,
            "access is denied",
            "Run PowerShell as administrator, or join the Hyper-V Administrators group and sign in again."),
        [0x011C] = new(
            "HcsGuestCriticalError",
            ErrorCategory.DeviceError,
            "the guest reported a critical error, was stopped or restarted",
            "Look at the guest's own logs."),
        [0x011D] = new(
            "HcsProcessInfoNotAvailable",
            ErrorCategory.ResourceUnavailable,
            "the process information is not available",
            "The process may have exited; start it again."),
        [0x011E] = new(
            "HcsServiceDisconnect",
            ErrorCategory.ConnectionError,
            "the compute service has gone",
            "Check the service vmcompute; handles from before are dead, so get the objects again."),
        [0x011F] = new(
            "HcsProcessAlreadyStopped",
            ErrorCategory.InvalidOperation,
            "the process has already exited",
            "Nothing is left to do; Wait-HcsProcess tells its exit code."),
        [0x0120] = new(
            "HcsSystemNotConfigured",
            ErrorCategory.InvalidOperation,
            "the system was not configured for the operation",
            "Create the system with what the operation needs."),
        [0x0121] = new(
            "HcsOperationCancelled",
            ErrorCategory.OperationStopped,
            "the operation was cancelled",
            "Try again."),
        [0x0122] = new(
            "HcsInvalidProcessorTopology",
            ErrorCategory.InvalidArgument,
            "the processor topology is not valid",
            "Check ProcessorCount against the processors of the host."),
    };

    private static readonly Dictionary<int, HcsErrorRow> s_foreign = new()
    {
        [unchecked((int)0x80070005)] = new(
            "HcsAccessDenied",
            ErrorCategory.PermissionDenied,
            "access is denied",
            "Check the rights on what the message names. For the service itself run PowerShell as administrator, or join the "
                + "Hyper-V Administrators group and sign in again."),
        [unchecked((int)0x800706D9)] = new(
            "HcsNotElevated",
            ErrorCategory.PermissionDenied,
            "the compute service is not reachable from here",
            "Run PowerShell as administrator, or join the Hyper-V Administrators group and sign in again."),
        [unchecked((int)0x800706BA)] = new(
            "HcsServiceUnreachable",
            ErrorCategory.ConnectionError,
            "the call to the compute service failed",
            "Check that the service vmcompute is running."),
        [unchecked((int)0x800706BE)] = new(
            "HcsServiceUnreachable",
            ErrorCategory.ConnectionError,
            "the call to the compute service failed",
            "Check that the service vmcompute is running."),
        [unchecked((int)0x800706BF)] = new(
            "HcsServiceUnreachable",
            ErrorCategory.ConnectionError,
            "the call to the compute service failed",
            "Check that the service vmcompute is running."),
        [unchecked((int)0x80070002)] = new(
            "HcsPathNotFound",
            ErrorCategory.ObjectNotFound,
            "a file was not found",
            "Check the executable, layer or disk that the message names, as seen from inside the container."),
        [unchecked((int)0x80070003)] = new(
            "HcsPathNotFound",
            ErrorCategory.ObjectNotFound,
            "a path was not found",
            "Check the folder that the message names."),
        [unchecked((int)0x80070006)] = new(
            "HcsHandleClosed",
            ErrorCategory.InvalidOperation,
            "the handle was closed while it was in use",
            "Get the object again."),
        [unchecked((int)0x8007000D)] = new(
            "HcsInvalidData",
            ErrorCategory.InvalidData,
            "the service refused the data of the request",
            "Check the document against the schema of this host."),
        [unchecked((int)0x80070015)] = new(
            "HcsDeviceNotReady",
            ErrorCategory.ResourceUnavailable,
            "the device is not ready",
            "Try again; check the disk behind the layer."),
        [unchecked((int)0x8007048F)] = new(
            "HcsDeviceNotReady",
            ErrorCategory.ResourceUnavailable,
            "the device is not connected",
            "Try again; check the disk behind the layer."),
        [unchecked((int)0x80070020)] = new(
            "HcsFileInUse",
            ErrorCategory.ResourceBusy,
            "a file is in use",
            "Check whether the scratch disk is still mounted by another container, and whether the image was built for the "
                + "Windows version of this host: for an image of another build, some versions of Windows report this too."),
        [unchecked((int)0x80070032)] = new(
            "HcsNotSupported",
            ErrorCategory.NotImplemented,
            "this host does not support it",
            "Check Get-HcsHost for what the host can do."),
        [unchecked((int)0x80004001)] = new(
            "HcsNotSupported",
            ErrorCategory.NotImplemented,
            "this host does not implement it",
            "Check Get-HcsHost for what the host can do."),
        [unchecked((int)0x80070057)] = new(
            "HcsInvalidArgument",
            ErrorCategory.InvalidArgument,
            "an argument or a value of the document was refused",
            "Check the member that the message names."),
        [unchecked((int)0x80070490)] = new(
            "HcsElementNotFound",
            ErrorCategory.ObjectNotFound,
            "the process or endpoint does not exist or has exited",
            "List the processes with Get-HcsProcess, or the endpoints with Get-HcsEndpoint."),
        [unchecked((int)0x8007052E)] = new(
            "HcsLogonFailure",
            ErrorCategory.AuthenticationError,
            "the user cannot log on in the container",
            "Check -User against the accounts of the image."),
        [unchecked((int)0x80070569)] = new(
            "HcsLogonTypeNotGranted",
            ErrorCategory.PermissionDenied,
            "the virtual machine's account may not log on",
            "Check that the security policy grants 'Log on as a service' to NT VIRTUAL MACHINE accounts."),
        [unchecked((int)0x800707DE)] = new(
            "HcsDeviceFailure",
            ErrorCategory.DeviceError,
            "a device of the virtual machine failed",
            "Read the events of the error and the Hyper-V event logs."),
        [unchecked((int)0xC03A001A)] = new(
            "HcsVhdNotSupported",
            ErrorCategory.InvalidData,
            "the virtual disk is compressed, encrypted or sparse",
            "Copy the disk to a folder without compression and encryption."),
        [unchecked((int)0x8000FFFF)] = new(
            "HcsCatastrophicFailure",
            ErrorCategory.DeviceError,
            "the compute service failed",
            "Restart the service vmcompute or the machine; the service is broken on this host."),
        [unchecked((int)0xC0351000)] = new(
            "HcsHypervisorMissing",
            ErrorCategory.NotInstalled,
            "no hypervisor is running",
            "Check that virtualization is on in the firmware and the hypervisor starts at boot."),
        [unchecked((int)0x8007007F)] = new(
            "HcsExportMissing",
            ErrorCategory.NotImplemented,
            "a function of a library was not found",
            "Check that Windows is complete and up to date."),
        [unchecked((int)0x8007007E)] = new(
            "HcsNotInstalled",
            ErrorCategory.NotInstalled,
            "the Host Compute Service is not on this machine",
            "Enable the Containers feature (Windows Server: Install-WindowsFeature Containers; Windows 10 and 11: Enable-WindowsOptionalFeature -Online -FeatureName Containers), or use Connect-HcsHost -Embedded."),
        [unchecked((int)0x8007000E)] = new(
            "HcsOutOfMemory",
            ErrorCategory.ResourceUnavailable,
            "there is not enough memory",
            "Free memory on the host and try again."),
        [unchecked((int)0x80070004)] = new(
            "HcsLimitReached",
            ErrorCategory.LimitsExceeded,
            "too many files are open",
            "Close what is no longer needed, or raise the limit that the message names."),
        [unchecked((int)0x800700A4)] = new(
            "HcsLimitReached",
            ErrorCategory.LimitsExceeded,
            "there are too many processes or threads",
            "End what is no longer needed, or raise the limit that the message names."),
        [unchecked((int)0x80070070)] = new(
            "HcsDiskFull",
            ErrorCategory.ResourceUnavailable,
            "the disk is full",
            "Make room on the disk that the message names, or on that of the temporary files."),
        [unchecked((int)0x8007007B)] = new(
            "HcsInvalidPath",
            ErrorCategory.InvalidArgument,
            "a path or a name is not written as Windows accepts it",
            "Check the paths that the message or the document names: drive letter, backslashes, and none of * ? < > | and quotation marks."),
        [unchecked((int)0x8007010B)] = new(
            "HcsPathNotFound",
            ErrorCategory.ObjectNotFound,
            "a folder does not exist, or is not a folder",
            "Check -WorkingDirectory as seen from inside the container, and that each mapped path and layer is a folder."),
        [unchecked((int)0x800705AA)] = new(
            "HcsNoSystemResources",
            ErrorCategory.ResourceUnavailable,
            "the host lacks the resources for it",
            "Give the container less memory or fewer processors, or end something else on the host; a restart of the host frees what was lost."),
        [unchecked((int)0x800705AF)] = new(
            "HcsOutOfMemory",
            ErrorCategory.ResourceUnavailable,
            "the memory that the host can promise is used up",
            "Make the page file of the host larger, give the container less memory, or end something else on the host."),
        [unchecked((int)0x800705B4)] = new(
            "HcsOperationTimeout",
            ErrorCategory.OperationTimeout,
            "the service itself gave up waiting",
            "Check the load of the host and whether a virus scanner holds the layers; look with Get-HcsContainer, then try again."),
        [unchecked((int)0x800700C1)] = new(
            "HcsInvalidData",
            ErrorCategory.InvalidData,
            "the file is not an executable of this system",
            "Check the executable that the message names."),
        [unchecked((int)0x80004004)] = new(
            "HcsServiceDisconnect",
            ErrorCategory.ConnectionError,
            "the compute service has gone",
            "Check the service vmcompute; handles from before are dead, so get the objects again."),
    };

    // The codes of the Host Compute Network service, which its users also know as decimal numbers.
    private static readonly Dictionary<int, HcsErrorRow> s_network = new()
    {
        [unchecked((int)0x803B0001)] = new(
            "HcsNetworkNotFound",
            ErrorCategory.ObjectNotFound,
            "no such network",
            "List the networks with Get-HcsNetwork; a NAT network is gone after a reboot unless it was made with -Persistent."),
        [unchecked((int)0x803B0002)] = new(
            "HcsEndpointNotFound",
            ErrorCategory.ObjectNotFound,
            "no such endpoint",
            "List the endpoints with Get-HcsEndpoint; it may have been removed meanwhile."),
        [unchecked((int)0x803B0004)] = new(
            "HcsVirtualSwitchMissing",
            ErrorCategory.NotInstalled,
            "the virtual switch of the network is missing",
            "Check with Get-NetAdapter that the adapter of the network is there, then Restart-Service hns."),
        [unchecked((int)0x803B0006)] = new(
            "HcsNetAdapterNotFound",
            ErrorCategory.ObjectNotFound,
            "no such network adapter",
            "Name an adapter that Get-NetAdapter lists with -NetAdapterName."),
        [unchecked((int)0x803B0008)] = new(
            "HcsPolicyNotFound",
            ErrorCategory.ObjectNotFound,
            "the endpoint has no such policy",
            "Look at the policies of the endpoint with Get-HcsEndpoint."),
        [unchecked((int)0x803B000A)] = new(
            "HcsInvalidNetworkDocument",
            ErrorCategory.InvalidData,
            "the service refused the document of the network",
            "Check the document, which -WhatIf -Verbose shows."),
        [unchecked((int)0x803B000B)] = new(
            "HcsNetworkTypeNotSupported",
            ErrorCategory.InvalidArgument,
            "the service does not know this type of network",
            "Use another -Type; some need a newer Windows."),
        [unchecked((int)0x803B000C)] = new(
            "HcsInvalidNetworkDocument",
            ErrorCategory.InvalidData,
            "the service refused the document of the endpoint",
            "Check the document, which -WhatIf -Verbose shows."),
        [unchecked((int)0x803B000D)] = new(
            "HcsInvalidPolicy",
            ErrorCategory.InvalidData,
            "the service refused a policy",
            "Check the settings of the policy."),
        [unchecked((int)0x803B000E)] = new(
            "HcsPolicyNotSupported",
            ErrorCategory.NotImplemented,
            "the service does not know this type of policy",
            "Check the type of the policy; many need a newer Windows or another type of network."),
        [unchecked((int)0x803B0010)] = new(
            "HcsNetworkAlreadyExists",
            ErrorCategory.ResourceExists,
            "a network with this name or id is there already",
            "Look at it with Get-HcsNetwork, and use it, or choose another name."),
        [unchecked((int)0x803B0012)] = new(
            "HcsPolicyAlreadyExists",
            ErrorCategory.ResourceExists,
            "the endpoint has such a policy already",
            "Look at the policies of the endpoint with Get-HcsEndpoint; Set-HcsEndpoint -Remove removes one."),
        [unchecked((int)0x803B0013)] = new(
            "HcsPortAlreadyMapped",
            ErrorCategory.ResourceExists,
            "the port of the host is mapped already",
            "Get-HcsEndpoint -ExternalPort shows the endpoint that has it; use another port of the host, or leave it out for a free one."),
        [unchecked((int)0x803B0014)] = new(
            "HcsEndpointAlreadyAttached",
            ErrorCategory.ResourceBusy,
            "the endpoint is attached already",
            "Detach it first with Disconnect-HcsEndpoint."),
        [unchecked((int)0x803B0015)] = new(
            "HcsNetworkRequestRefused",
            ErrorCategory.InvalidOperation,
            "the network service refuses the request",
            "A namespace that still counts a container which has ended is freed by a restart of the service hns or of the machine: this is a known defect of Windows. For anything else, check that the type of the network allows it."),
        [unchecked((int)0x803B0016)] = new(
            "HcsPortMappingNotSupported",
            ErrorCategory.InvalidOperation,
            "networks of this type map no ports",
            "Use a network of type NAT, or leave out -PortMapping and reach the endpoint by its own address."),
        [unchecked((int)0x803B0017)] = new(
            "HcsNetworkServiceDegraded",
            ErrorCategory.ResourceUnavailable,
            "the network service does not work properly",
            "Restart-Service hns, as administrator; containers lose their networks meanwhile."),
        [unchecked((int)0x803B001B)] = new(
            "HcsInvalidNetworkDocument",
            ErrorCategory.InvalidData,
            "the network service cannot read the document",
            "Check the document, which -WhatIf -Verbose shows."),
        [unchecked((int)0x803B001E)] = new(
            "HcsInvalidAddress",
            ErrorCategory.InvalidArgument,
            "the address is not in the subnet of the network, or not free",
            "Look for an endpoint that was left behind with Get-HcsEndpoint -IPAddress; Get-HcsNetwork shows the prefix."),
        [unchecked((int)0x803B0020)] = new(
            "HcsNetworkServiceDegraded",
            ErrorCategory.ResourceUnavailable,
            "the network service is stopping",
            "Restart-Service hns, as administrator; containers lose their networks meanwhile."),
        [unchecked((int)0x803B002A)] = new(
            "HcsConnectionSharingDisabled",
            ErrorCategory.NotEnabled,
            "the service Internet Connection Sharing is disabled",
            "Set-Service SharedAccess -StartupType Manual, as administrator; a group policy may forbid it."),
        [unchecked((int)0x803B002B)] = new(
            "HcsEndpointAlreadyAttached",
            ErrorCategory.ResourceBusy,
            "the endpoint is in a network namespace already",
            "Detach it first with Disconnect-HcsEndpoint."),
        [unchecked((int)0x803B002C)] = new(
            "HcsNetworkInUse",
            ErrorCategory.ResourceBusy,
            "others refer to it",
            "Endpoints are on the network: Get-HcsEndpoint -Network lists them."),
        [unchecked((int)0x803B002D)] = new(
            "HcsInvalidPortMapping",
            ErrorCategory.InvalidArgument,
            "the port of the container is refused",
            "Give a port from 1 to 65535."),
        [unchecked((int)0x803B002E)] = new(
            "HcsNamespaceAttachFailed",
            ErrorCategory.InvalidResult,
            "the endpoint could not be attached to the network namespace",
            "Check that the container runs; Get-HcsEndpoint shows where the endpoint is."),
        [unchecked((int)0x803B002F)] = new(
            "HcsAddressReserved",
            ErrorCategory.ResourceExists,
            "the address is in use or reserved",
            "Look for an endpoint that was left behind with Get-HcsEndpoint -IPAddress, and remove it; or leave -IPAddress out. For a prefix, choose one that Get-HcsNetwork does not show, or leave -AddressPrefix out."),
        [unchecked((int)0x803B0030)] = new(
            "HcsInvalidAddress",
            ErrorCategory.InvalidArgument,
            "the prefix is refused",
            "Give a prefix that no other network and no adapter of the host has: Get-NetIPAddress lists theirs."),
        [unchecked((int)0x803B0032)] = new(
            "HcsInvalidAddress",
            ErrorCategory.InvalidArgument,
            "the subnet is refused",
            "Give a prefix that no other network and no adapter of the host has: Get-NetIPAddress lists theirs."),
        [unchecked((int)0x803B0034)] = new(
            "HcsEndpointNotAttached",
            ErrorCategory.InvalidOperation,
            "the endpoint is not attached",
            "Look where it is with Get-HcsEndpoint."),
        [unchecked((int)0x803B0037)] = new(
            "HcsVirtualSwitchMissing",
            ErrorCategory.NotInstalled,
            "the virtual switch lacks the extension that this needs",
            "Enable the extension Microsoft Azure VFP on the switch, or leave out what needs it; then Restart-Service hns."),
    };

    /// <summary>The row of a failure; unknown codes have one too.</summary>
    public static HcsErrorRow Find(HcsException failure) => Find(failure, Environment.Is64BitProcess);

    /// <summary>The same, for a process of the given width.</summary>
    public static HcsErrorRow Find(HcsException failure, bool is64Bit) =>
        failure.InnerException is EntryPointNotFoundException ? MissingExport(failure.Function)
        : failure.InnerException is BadImageFormatException or DllNotFoundException && !is64Bit ? s_narrowProcess
        : failure.InnerException is BadImageFormatException ? s_foreignLibrary
        : failure is { InnerException: HcsDocumentException problem, ResultDocument: null } ? Unreadable(problem)
        : failure.HcsCode is { } code && s_hcs.TryGetValue(code, out HcsErrorRow? row) ? row
        : s_network.TryGetValue(failure.HResult, out row) ? row
        : s_foreign.TryGetValue(HResult.Canonical(failure.HResult), out row) ? row
        : s_unknown;

    // The functions for the rights of all virtual machines are younger than the rest of computecore.
    private static HcsErrorRow MissingExport(string function) =>
        function.IndexOf("VmGroup", StringComparison.Ordinal) >= 0 ? s_missingGroupExport : s_missingExport;

    // The row of this code describes a refused request, not an answer.
    private static HcsErrorRow Unreadable(HcsDocumentException problem) => new(
        "HcsInvalidData",
        ErrorCategory.InvalidData,
        $"the answer of the service cannot be read: {problem.Path}: {problem.Reason}",
        "Ask again; if the answer stays the same, report it, with the versions that Get-HcsHost shows.");
}

/// <summary>The id, the PowerShell category, the meaning and the advice of an error.</summary>
internal sealed record HcsErrorRow(string Id, ErrorCategory Category, string Sentence, string Advice);
