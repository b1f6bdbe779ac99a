using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace HcsPowerShell.Interop;

/// <summary>Reads a failure code in the forms that users write, and names it as winerror.h does.</summary>
internal static class ResultCode
{
    private const string HcsPrefix = "HCS_E_";
    private const string VmComputePrefix = "ERROR_VMCOMPUTE_";

    // By number from 0x0100 on, as in winerror.h; null where a family has no name.
    private static readonly (string? Hcs, string? VmCompute)[] s_names =
    [
        ("TERMINATED_DURING_START", "TERMINATED_DURING_START"),
        ("IMAGE_MISMATCH", "IMAGE_MISMATCH"),
        ("HYPERV_NOT_INSTALLED", "HYPERV_NOT_INSTALLED"),
        (null, "OPERATION_PENDING"),
        (null, "TOO_MANY_NOTIFICATIONS"),
        ("INVALID_STATE", "INVALID_STATE"),
        ("UNEXPECTED_EXIT", "UNEXPECTED_EXIT"),
        ("TERMINATED", "TERMINATED"),
        ("CONNECT_FAILED", "CONNECT_FAILED"),
        ("CONNECTION_TIMEOUT", "TIMEOUT"),
        ("CONNECTION_CLOSED", "CONNECTION_CLOSED"),
        ("UNKNOWN_MESSAGE", "UNKNOWN_MESSAGE"),
        ("UNSUPPORTED_PROTOCOL_VERSION", "UNSUPPORTED_PROTOCOL_VERSION"),
        ("INVALID_JSON", "INVALID_JSON"),
        ("SYSTEM_NOT_FOUND", "SYSTEM_NOT_FOUND"),
        ("SYSTEM_ALREADY_EXISTS", "SYSTEM_ALREADY_EXISTS"),
        ("SYSTEM_ALREADY_STOPPED", "SYSTEM_ALREADY_STOPPED"),
        ("PROTOCOL_ERROR", "PROTOCOL_ERROR"),
        ("INVALID_LAYER", "INVALID_LAYER"),
        ("WINDOWS_INSIDER_REQUIRED", "WINDOWS_INSIDER_REQUIRED"),
        ("SERVICE_NOT_AVAILABLE", null),
        ("OPERATION_NOT_STARTED", null),
        ("OPERATION_ALREADY_STARTED", null),
        ("OPERATION_PENDING", null),
        ("OPERATION_TIMEOUT", null),
        ("OPERATION_SYSTEM_CALLBACK_ALREADY_SET", null),
        ("OPERATION_RESULT_ALLOCATION_FAILED", null),
        ("ACCESS_DENIED", null),
        ("GUEST_CRITICAL_ERROR", null),
        ("PROCESS_INFO_NOT_AVAILABLE", null),
        ("SERVICE_DISCONNECT", null),
        ("PROCESS_ALREADY_STOPPED", null),
        ("SYSTEM_NOT_CONFIGURED_FOR_OPERATION", null),
        ("OPERATION_ALREADY_CANCELLED", null),
        ("INVALID_PROCESSOR_TOPOLOGY", null),
    ];

    private static readonly (uint Code, string Name)[] s_foreign =
    [
        (0x80004001, "E_NOTIMPL"),
        (0x80004004, "E_ABORT"),
        (0x80004005, "E_FAIL"),
        (0x8000FFFF, "E_UNEXPECTED"),
        (0x80070002, "ERROR_FILE_NOT_FOUND"),
        (0x80070003, "ERROR_PATH_NOT_FOUND"),
        (0x80070004, "ERROR_TOO_MANY_OPEN_FILES"),
        (0x80070005, "E_ACCESSDENIED"),
        (0x80070006, "E_HANDLE"),
        (0x8007000D, "ERROR_INVALID_DATA"),
        (0x8007000E, "E_OUTOFMEMORY"),
        (0x80070015, "ERROR_NOT_READY"),
        (0x80070020, "ERROR_SHARING_VIOLATION"),
        (0x80070032, "ERROR_NOT_SUPPORTED"),
        (0x80070057, "E_INVALIDARG"),
        (0x80070070, "ERROR_DISK_FULL"),
        (0x8007007B, "ERROR_INVALID_NAME"),
        (0x8007007E, "ERROR_MOD_NOT_FOUND"),
        (0x8007007F, "ERROR_PROC_NOT_FOUND"),
        (0x800700A4, "ERROR_MAX_THRDS_REACHED"),
        (0x800700C1, "ERROR_BAD_EXE_FORMAT"),
        (0x8007010B, "ERROR_DIRECTORY"),
        (0x8007048F, "ERROR_DEVICE_NOT_CONNECTED"),
        (0x80070490, "ERROR_NOT_FOUND"),
        (0x8007052E, "ERROR_LOGON_FAILURE"),
        (0x80070569, "ERROR_LOGON_TYPE_NOT_GRANTED"),
        (0x800705AA, "ERROR_NO_SYSTEM_RESOURCES"),
        (0x800705AF, "ERROR_COMMITMENT_LIMIT"),
        (0x800705B4, "ERROR_TIMEOUT"),
        (0x800706BA, "RPC_S_SERVER_UNAVAILABLE"),
        (0x800706BE, "RPC_S_CALL_FAILED"),
        (0x800706BF, "RPC_S_CALL_FAILED_DNE"),
        (0x800706D9, "EPT_S_NOT_REGISTERED"),
        (0x803B0001, "HCN_E_NETWORK_NOT_FOUND"),
        (0x803B0002, "HCN_E_ENDPOINT_NOT_FOUND"),
        (0x803B0003, "HCN_E_LAYER_NOT_FOUND"),
        (0x803B0004, "HCN_E_SWITCH_NOT_FOUND"),
        (0x803B0005, "HCN_E_SUBNET_NOT_FOUND"),
        (0x803B0006, "HCN_E_ADAPTER_NOT_FOUND"),
        (0x803B0007, "HCN_E_PORT_NOT_FOUND"),
        (0x803B0008, "HCN_E_POLICY_NOT_FOUND"),
        (0x803B0009, "HCN_E_VFP_PORTSETTING_NOT_FOUND"),
        (0x803B000A, "HCN_E_INVALID_NETWORK"),
        (0x803B000B, "HCN_E_INVALID_NETWORK_TYPE"),
        (0x803B000C, "HCN_E_INVALID_ENDPOINT"),
        (0x803B000D, "HCN_E_INVALID_POLICY"),
        (0x803B000E, "HCN_E_INVALID_POLICY_TYPE"),
        (0x803B000F, "HCN_E_INVALID_REMOTE_ENDPOINT_OPERATION"),
        (0x803B0010, "HCN_E_NETWORK_ALREADY_EXISTS"),
        (0x803B0011, "HCN_E_LAYER_ALREADY_EXISTS"),
        (0x803B0012, "HCN_E_POLICY_ALREADY_EXISTS"),
        (0x803B0013, "HCN_E_PORT_ALREADY_EXISTS"),
        (0x803B0014, "HCN_E_ENDPOINT_ALREADY_ATTACHED"),
        (0x803B0015, "HCN_E_REQUEST_UNSUPPORTED"),
        (0x803B0016, "HCN_E_MAPPING_NOT_SUPPORTED"),
        (0x803B0017, "HCN_E_DEGRADED_OPERATION"),
        (0x803B0018, "HCN_E_SHARED_SWITCH_MODIFICATION"),
        (0x803B0019, "HCN_E_GUID_CONVERSION_FAILURE"),
        (0x803B001A, "HCN_E_REGKEY_FAILURE"),
        (0x803B001B, "HCN_E_INVALID_JSON"),
        (0x803B001C, "HCN_E_INVALID_JSON_REFERENCE"),
        (0x803B001D, "HCN_E_ENDPOINT_SHARING_DISABLED"),
        (0x803B001E, "HCN_E_INVALID_IP"),
        (0x803B001F, "HCN_E_SWITCH_EXTENSION_NOT_FOUND"),
        (0x803B0020, "HCN_E_MANAGER_STOPPED"),
        (0x803B002A, "HCN_E_ICS_DISABLED"),
        (0x803B002B, "HCN_E_ENDPOINT_NAMESPACE_ALREADY_EXISTS"),
        (0x803B002C, "HCN_E_ENTITY_HAS_REFERENCES"),
        (0x803B002D, "HCN_E_INVALID_INTERNAL_PORT"),
        (0x803B002E, "HCN_E_NAMESPACE_ATTACH_FAILED"),
        (0x803B002F, "HCN_E_ADDR_INVALID_OR_RESERVED"),
        (0x803B0030, "HCN_E_INVALID_PREFIX"),
        (0x803B0031, "HCN_E_OBJECT_USED_AFTER_UNLOAD"),
        (0x803B0032, "HCN_E_INVALID_SUBNET"),
        (0x803B0033, "HCN_E_INVALID_IP_SUBNET"),
        (0x803B0034, "HCN_E_ENDPOINT_NOT_ATTACHED"),
        (0x803B0035, "HCN_E_ENDPOINT_NOT_LOCAL"),
        (0x803B0037, "HCN_E_VFP_NOT_ALLOWED"),
        (0xC0351000, "ERROR_HV_NOT_PRESENT"),
        (0xC03A001A, "ERROR_VIRTUAL_DISK_LIMITATION"),
    ];

    private static readonly Dictionary<string, int> s_codes = Codes();
    private static readonly Dictionary<int, string> s_symbols = s_codes.ToDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>The name of a code, such as HCS_E_INVALID_STATE; null for a code that has none here.</summary>
    /// <remarks>
    /// A code that only one of the two HCS families names has that name in both; the number beside it says which it is.
    /// </remarks>
    public static string? SymbolOf(int code) =>
        s_symbols.TryGetValue(HResult.Canonical(code), out string? symbol) || s_symbols.TryGetValue(OtherFamily(code), out symbol)
            ? symbol
            : null;

    /// <summary>Returns the code; null when the text names none, and the problem then says what is allowed.</summary>
    public static int? Parse(string text, out string problem)
    {
        string trimmed = text.Trim();
        int? code = s_codes.TryGetValue(trimmed, out int known) ? known : Number(trimmed);
        problem = code switch
        {
            null => $"'{text}' is no result code; allowed are hexadecimal (0x80370105), decimal, and the names "
                + string.Join(", ", s_codes.Keys),
            >= 0 => $"'{text}' is not the code of a failure; those have the highest bit set, as 0x80070005 for Windows error 5",
            _ => string.Empty,
        };
        return problem.Length == 0 ? code : null;
    }

    private static int? Number(string text) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? uint.TryParse(text.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint bits)
                ? unchecked((int)bits)
                : null
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
                && number is >= int.MinValue and <= uint.MaxValue
                ? unchecked((int)number)
                : null;

    private static Dictionary<string, int> Codes()
    {
        var codes = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach ((int low, (string? hcs, string? vmCompute)) in s_names.Select((names, i) => (0x0100 + i, names)))
        {
            if (hcs is not null)
            {
                codes[HcsPrefix + hcs] = unchecked((int)0x80370000) | low;
            }

            if (vmCompute is not null)
            {
                codes[VmComputePrefix + vmCompute] = unchecked((int)0xC0370000) | low;
            }
        }

        foreach ((uint code, string name) in s_foreign)
        {
            codes[name] = unchecked((int)code);
        }

        return codes;
    }

    private static int OtherFamily(int code) => HResult.HcsCodeOf(code) is null ? code : code ^ 0x40000000;
}
