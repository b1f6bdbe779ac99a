using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace HcsPowerShell.Interop.Faults;

/// <summary>Reads a failure code in the forms that users write.</summary>
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

    private static readonly Dictionary<string, int> s_codes = Codes();

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
        text.StartsWith("0x", System.StringComparison.OrdinalIgnoreCase)
            ? uint.TryParse(text.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint bits)
                ? unchecked((int)bits)
                : null
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
                && number is >= int.MinValue and <= uint.MaxValue
                ? unchecked((int)number)
                : null;

    private static Dictionary<string, int> Codes()
    {
        var codes = new Dictionary<string, int>(System.StringComparer.OrdinalIgnoreCase);
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

        return codes;
    }
}
