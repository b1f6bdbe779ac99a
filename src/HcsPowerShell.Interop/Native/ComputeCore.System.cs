using System;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Native;

internal static partial class ComputeCore
{
    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsCreateComputeSystem(
        string id,
        string configuration,
        SafeHcsOperationHandle operation,
        IntPtr securityDescriptor,
        out SafeHcsSystemHandle computeSystem);

    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsOpenComputeSystem(
        string id,
        uint requestedAccess,
        out SafeHcsSystemHandle computeSystem);

    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsStartComputeSystem(
        SafeHcsSystemHandle computeSystem,
        SafeHcsOperationHandle operation,
        string? options);

    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsShutDownComputeSystem(
        SafeHcsSystemHandle computeSystem,
        SafeHcsOperationHandle operation,
        string? options);

    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsTerminateComputeSystem(
        SafeHcsSystemHandle computeSystem,
        SafeHcsOperationHandle operation,
        string? options);

    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsPauseComputeSystem(
        SafeHcsSystemHandle computeSystem,
        SafeHcsOperationHandle operation,
        string? options);

    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsResumeComputeSystem(
        SafeHcsSystemHandle computeSystem,
        SafeHcsOperationHandle operation,
        string? options);

    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsSaveComputeSystem(
        SafeHcsSystemHandle computeSystem,
        SafeHcsOperationHandle operation,
        string? options);

    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsCrashComputeSystem(
        SafeHcsSystemHandle computeSystem,
        SafeHcsOperationHandle operation,
        string? options);

    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsGetComputeSystemProperties(
        SafeHcsSystemHandle computeSystem,
        SafeHcsOperationHandle operation,
        string? propertyQuery);

    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsModifyComputeSystem(
        SafeHcsSystemHandle computeSystem,
        SafeHcsOperationHandle operation,
        string configuration,
        IntPtr identity);

    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    private static extern void HcsCloseComputeSystem(
        IntPtr computeSystem);

    /// <summary>HCS_SYSTEM of computecore.</summary>
    internal sealed class SafeHcsSystemHandle : ListeningHandle
    {
        private protected override void CloseHandle() => HcsCloseComputeSystem(handle);
    }
}
