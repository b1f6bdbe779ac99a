using System;
using System.Runtime.InteropServices;
using static HcsPowerShell.Interop.Native.Kernel32;

namespace HcsPowerShell.Interop.Native;

internal static partial class ComputeCore
{
    [UnmanagedFunctionPointer(CallingConvention.Winapi)]
    internal delegate void HCS_OPERATION_COMPLETION(IntPtr operation, IntPtr context);

    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern SafeHcsOperationHandle HcsCreateOperation(
        IntPtr context,
        HCS_OPERATION_COMPLETION? callback);

    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsGetOperationResult(
        SafeHcsOperationHandle operation,
        out SafeLocalString resultDocument);

    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsGetOperationResultAndProcessInfo(
        SafeHcsOperationHandle operation,
        out HCS_PROCESS_INFORMATION processInformation,
        out SafeLocalString resultDocument);

    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsGetProcessInfo(
        SafeHcsProcessHandle process,
        SafeHcsOperationHandle operation);

    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsWaitForOperationResult(
        SafeHcsOperationHandle operation,
        uint timeoutMs,
        out SafeLocalString resultDocument);

    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsWaitForOperationResultAndProcessInfo(
        SafeHcsOperationHandle operation,
        uint timeoutMs,
        out HCS_PROCESS_INFORMATION processInformation,
        out SafeLocalString resultDocument);

    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    private static extern void HcsCloseOperation(
        IntPtr operation);

    /// <summary>HCS_OPERATION.</summary>
    internal sealed class SafeHcsOperationHandle : NativeHandle
    {
        protected override bool ReleaseHandle()
        {
            HcsCloseOperation(handle);
            return true;
        }
    }
}
