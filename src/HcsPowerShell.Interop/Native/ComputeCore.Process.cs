using System;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Native;

internal static partial class ComputeCore
{
    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsCreateProcess(
        SafeHcsSystemHandle computeSystem,
        string processParameters,
        SafeHcsOperationHandle operation,
        IntPtr securityDescriptor,
        out SafeHcsProcessHandle process);

    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsOpenProcess(
        SafeHcsSystemHandle computeSystem,
        uint processId,
        uint requestedAccess,
        out SafeHcsProcessHandle process);

    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsTerminateProcess(
        SafeHcsProcessHandle process,
        SafeHcsOperationHandle operation,
        string? options);

    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsGetProcessProperties(
        SafeHcsProcessHandle process,
        SafeHcsOperationHandle operation,
        string? propertyQuery);

    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsModifyProcess(
        SafeHcsProcessHandle process,
        SafeHcsOperationHandle operation,
        string settings);

    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    private static extern void HcsCloseProcess(
        IntPtr process);

    /// <summary>HCS_PROCESS of computecore.</summary>
    internal sealed class SafeHcsProcessHandle : ListeningHandle
    {
        private protected override void CloseHandle() => HcsCloseProcess(handle);
    }
}
