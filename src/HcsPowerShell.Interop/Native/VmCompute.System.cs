using System;
using System.Runtime.InteropServices;
using static HcsPowerShell.Interop.Native.Ole32;

namespace HcsPowerShell.Interop.Native;

internal static partial class VmCompute
{
    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsCreateComputeSystem(
        string id,
        string configuration,
        IntPtr identity,
        out SafeHcsSystemV1Handle computeSystem,
        out SafeCoTaskString result);

    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsOpenComputeSystem(
        string id,
        out SafeHcsSystemV1Handle computeSystem,
        out SafeCoTaskString result);

    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsStartComputeSystem(
        SafeHcsSystemV1Handle computeSystem,
        string? options,
        out SafeCoTaskString result);

    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsShutdownComputeSystem(
        SafeHcsSystemV1Handle computeSystem,
        string? options,
        out SafeCoTaskString result);

    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsTerminateComputeSystem(
        SafeHcsSystemV1Handle computeSystem,
        string? options,
        out SafeCoTaskString result);

    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsPauseComputeSystem(
        SafeHcsSystemV1Handle computeSystem,
        string? options,
        out SafeCoTaskString result);

    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsResumeComputeSystem(
        SafeHcsSystemV1Handle computeSystem,
        string? options,
        out SafeCoTaskString result);

    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsSaveComputeSystem(
        SafeHcsSystemV1Handle computeSystem,
        string? options,
        out SafeCoTaskString result);

    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsGetComputeSystemProperties(
        SafeHcsSystemV1Handle computeSystem,
        string? propertyQuery,
        out SafeCoTaskString properties,
        out SafeCoTaskString result);

    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsModifyComputeSystem(
        SafeHcsSystemV1Handle computeSystem,
        string configuration,
        out SafeCoTaskString result);

    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    private static extern int HcsCloseComputeSystem(
        IntPtr computeSystem);

    /// <summary>HCS_SYSTEM of vmcompute.</summary>
    internal sealed class SafeHcsSystemV1Handle : NativeHandle
    {
        protected override bool ReleaseHandle() => HcsCloseComputeSystem(handle) >= 0;
    }
}
