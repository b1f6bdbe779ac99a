namespace HcsPowerShell.Interop.Native;

/// <summary>The result codes that only the adapters use.</summary>
internal static class NativeResult
{
    /// <summary>
    /// ERROR_VMCOMPUTE_OPERATION_PENDING: the call was accepted, and a notification reports its end. Not an error.
    /// </summary>
    internal const int VmComputePending = unchecked((int)0xC0370103);

    /// <summary>HCS_E_OPERATION_PENDING.</summary>
    internal const int OperationPending = unchecked((int)0x80370117);

    /// <summary>HCS_E_OPERATION_SYSTEM_CALLBACK_ALREADY_SET.</summary>
    internal const int CallbackAlreadySet = unchecked((int)0x80370119);

    /// <summary>ERROR_PROC_NOT_FOUND: the library is older than the function.</summary>
    internal const int ExportMissing = unchecked((int)0x8007007F);

    /// <summary>ERROR_INVALID_FUNCTION.</summary>
    internal const int InvalidFunction = unchecked((int)0x80070001);

    /// <summary>ERROR_NOT_READY: the disk of a layer is not attached, or not yet.</summary>
    internal const int NotReady = unchecked((int)0x80070015);

    /// <summary>ERROR_DEVICE_NOT_CONNECTED: the disk of a layer is not there yet.</summary>
    internal const int DeviceNotConnected = unchecked((int)0x8007048F);

    /// <summary>
    /// True when a refusal shows that the library and the service are present and accessible, whatever the request was.
    /// </summary>
    internal static bool IsAnswer(HcsException refusal) =>
        !refusal.IsAccessDenied && !refusal.IsServiceLost
        && !refusal.Is(HResult.ModuleNotFound) && !refusal.Is(HResult.BadExeFormat);
}
