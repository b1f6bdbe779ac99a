namespace HcsPowerShell.Interop;

/// <summary>The result codes that this library returns or checks by name.</summary>
public static class HResult
{
    /// <summary>HCS_E_TERMINATED_DURING_START.</summary>
    public const int TerminatedDuringStart = unchecked((int)0x80370100);

    /// <summary>HCS_E_INVALID_STATE.</summary>
    public const int InvalidState = unchecked((int)0x80370105);

    /// <summary>HCS_E_UNEXPECTED_EXIT.</summary>
    public const int UnexpectedExit = unchecked((int)0x80370106);

    /// <summary>HCS_E_TERMINATED.</summary>
    public const int Terminated = unchecked((int)0x80370107);

    /// <summary>HCS_E_CONNECTION_CLOSED: the connection to the guest.</summary>
    public const int ConnectionClosed = unchecked((int)0x8037010A);

    /// <summary>HCS_E_INVALID_JSON.</summary>
    public const int InvalidJson = unchecked((int)0x8037010D);

    /// <summary>HCS_E_SYSTEM_NOT_FOUND.</summary>
    public const int SystemNotFound = unchecked((int)0x8037010E);

    /// <summary>HCS_E_SYSTEM_ALREADY_EXISTS.</summary>
    public const int SystemAlreadyExists = unchecked((int)0x8037010F);

    /// <summary>HCS_E_SYSTEM_ALREADY_STOPPED.</summary>
    public const int SystemAlreadyStopped = unchecked((int)0x80370110);

    /// <summary>HCS_E_UNKNOWN_MESSAGE: the guest does not know the request.</summary>
    public const int UnknownMessage = unchecked((int)0x8037010B);

    /// <summary>HCS_E_OPERATION_TIMEOUT.</summary>
    public const int OperationTimeout = unchecked((int)0x80370118);

    /// <summary>HCS_E_ACCESS_DENIED.</summary>
    public const int HcsAccessDenied = unchecked((int)0x8037011B);

    /// <summary>HCS_E_GUEST_CRITICAL_ERROR.</summary>
    public const int GuestCriticalError = unchecked((int)0x8037011C);

    /// <summary>HCS_E_SERVICE_DISCONNECT.</summary>
    public const int ServiceDisconnect = unchecked((int)0x8037011E);

    /// <summary>HCS_E_PROCESS_ALREADY_STOPPED.</summary>
    public const int ProcessAlreadyStopped = unchecked((int)0x8037011F);

    /// <summary>HCS_E_SYSTEM_NOT_CONFIGURED_FOR_OPERATION.</summary>
    public const int SystemNotConfigured = unchecked((int)0x80370120);

    /// <summary>ERROR_FILE_NOT_FOUND.</summary>
    public const int FileNotFound = unchecked((int)0x80070002);

    /// <summary>ERROR_PATH_NOT_FOUND.</summary>
    public const int PathNotFound = unchecked((int)0x80070003);

    /// <summary>ERROR_TOO_MANY_OPEN_FILES.</summary>
    public const int TooManyOpenFiles = unchecked((int)0x80070004);

    /// <summary>ERROR_ACCESS_DENIED.</summary>
    public const int AccessDenied = unchecked((int)0x80070005);

    /// <summary>ERROR_SHARING_VIOLATION.</summary>
    public const int SharingViolation = unchecked((int)0x80070020);

    /// <summary>ERROR_DISK_FULL.</summary>
    public const int DiskFull = unchecked((int)0x80070070);

    /// <summary>ERROR_MAX_THRDS_REACHED: no more processes or threads.</summary>
    public const int NoMoreThreads = unchecked((int)0x800700A4);

    /// <summary>ERROR_BAD_EXE_FORMAT.</summary>
    public const int BadExeFormat = unchecked((int)0x800700C1);

    /// <summary>E_OUTOFMEMORY.</summary>
    public const int OutOfMemory = unchecked((int)0x8007000E);

    /// <summary>E_NOTIMPL.</summary>
    public const int NotImplemented = unchecked((int)0x80004001);

    /// <summary>E_ABORT: the caller stopped waiting.</summary>
    public const int Abandoned = unchecked((int)0x80004004);

    /// <summary>E_FAIL: no more specific code applies.</summary>
    public const int Unspecified = unchecked((int)0x80004005);

    /// <summary>ERROR_INVALID_HANDLE: the handle was closed.</summary>
    public const int InvalidHandle = unchecked((int)0x80070006);

    /// <summary>ERROR_INVALID_DATA.</summary>
    public const int InvalidData = unchecked((int)0x8007000D);

    /// <summary>ERROR_NOT_SUPPORTED.</summary>
    public const int NotSupported = unchecked((int)0x80070032);

    /// <summary>E_INVALIDARG.</summary>
    public const int InvalidArgument = unchecked((int)0x80070057);

    /// <summary>ERROR_MOD_NOT_FOUND: the library is not on this machine.</summary>
    public const int ModuleNotFound = unchecked((int)0x8007007E);

    /// <summary>ERROR_NOT_FOUND: the process never existed or has exited.</summary>
    public const int ElementNotFound = unchecked((int)0x80070490);

    /// <summary>RPC_S_SERVER_UNAVAILABLE.</summary>
    public const int RpcServerUnavailable = unchecked((int)0x800706BA);

    /// <summary>RPC_S_CALL_FAILED.</summary>
    public const int RpcCallFailed = unchecked((int)0x800706BE);

    /// <summary>RPC_S_CALL_FAILED_DNE.</summary>
    public const int RpcCallNotMade = unchecked((int)0x800706BF);

    /// <summary>EPT_S_NOT_REGISTERED: the answer of the service to a caller that is not elevated.</summary>
    public const int NotElevated = unchecked((int)0x800706D9);

    /// <summary>HCN_E_NETWORK_NOT_FOUND.</summary>
    public const int NetworkNotFound = unchecked((int)0x803B0001);

    /// <summary>HCN_E_ENDPOINT_NOT_FOUND.</summary>
    public const int EndpointNotFound = unchecked((int)0x803B0002);

    /// <summary>HCN_E_INVALID_NETWORK_TYPE.</summary>
    public const int InvalidNetworkType = unchecked((int)0x803B000B);

    /// <summary>HCN_E_INVALID_ENDPOINT.</summary>
    public const int InvalidEndpoint = unchecked((int)0x803B000C);

    /// <summary>HCN_E_INVALID_POLICY_TYPE.</summary>
    public const int InvalidPolicyType = unchecked((int)0x803B000E);

    /// <summary>HCN_E_NETWORK_ALREADY_EXISTS.</summary>
    public const int NetworkAlreadyExists = unchecked((int)0x803B0010);

    /// <summary>HCN_E_PORT_ALREADY_EXISTS: the port of the host is mapped or in use.</summary>
    public const int PortAlreadyExists = unchecked((int)0x803B0013);

    /// <summary>HCN_E_ENDPOINT_ALREADY_ATTACHED.</summary>
    public const int EndpointAlreadyAttached = unchecked((int)0x803B0014);

    /// <summary>HCN_E_REQUEST_UNSUPPORTED.</summary>
    public const int NetworkRequestUnsupported = unchecked((int)0x803B0015);

    /// <summary>HCN_E_MAPPING_NOT_SUPPORTED: networks of this type map no ports.</summary>
    public const int PortMappingNotSupported = unchecked((int)0x803B0016);

    /// <summary>HCN_E_INVALID_JSON.</summary>
    public const int InvalidNetworkJson = unchecked((int)0x803B001B);

    /// <summary>HCN_E_INVALID_IP: the address is not in the subnet.</summary>
    public const int InvalidIp = unchecked((int)0x803B001E);

    /// <summary>HCN_E_ENDPOINT_NAMESPACE_ALREADY_EXISTS.</summary>
    public const int EndpointInNamespace = unchecked((int)0x803B002B);

    /// <summary>HCN_E_ENTITY_HAS_REFERENCES: endpoints are on the network.</summary>
    public const int HasReferences = unchecked((int)0x803B002C);

    /// <summary>HCN_E_ADDR_INVALID_OR_RESERVED.</summary>
    public const int AddressReserved = unchecked((int)0x803B002F);

    /// <summary>HCN_E_INVALID_PREFIX.</summary>
    public const int InvalidPrefix = unchecked((int)0x803B0030);

    /// <summary>HCN_E_ENDPOINT_NOT_ATTACHED.</summary>
    public const int EndpointNotAttached = unchecked((int)0x803B0034);

    private const int HcsFacility = 0x037;
    private const int Win32Facility = 0x007;

    /// <summary>
    /// True when two codes mean the same. HCS and Windows each have two families, which differ in their severity only:
    /// 0x8037xxxx and 0xC037xxxx, 0x8007xxxx and 0xC007xxxx.
    /// </summary>
    internal static bool Same(int first, int second) =>
        first == second
        || (first < 0 && second < 0 && FacilityOf(first) is HcsFacility or Win32Facility
            && FacilityOf(first) == FacilityOf(second) && CodeOf(first) == CodeOf(second));

    /// <summary>The code 0x8007xxxx for an error of Windows in either form; every other code as it is.</summary>
    internal static int Canonical(int hresult) =>
        hresult < 0 && FacilityOf(hresult) == Win32Facility ? unchecked((int)0x80070000) | CodeOf(hresult) : hresult;

    internal static int? HcsCodeOf(int hresult) => FacilityOf(hresult) == HcsFacility ? CodeOf(hresult) : null;

    private static int FacilityOf(int hresult) => (hresult >> 16) & 0x1FFF;

    private static int CodeOf(int hresult) => hresult & 0xFFFF;
}
