using System;
using System.Runtime.InteropServices;
using static HcsPowerShell.Interop.Native.Ole32;

namespace HcsPowerShell.Interop.Native;

internal static partial class VmCompute
{
    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsCreateProcess(
        SafeHcsSystemV1Handle computeSystem,
        string processParameters,
        out HCS_PROCESS_INFORMATION processInformation,
        out SafeHcsProcessV1Handle process,
        out SafeCoTaskString result);

    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsOpenProcess(
        SafeHcsSystemV1Handle computeSystem,
        uint processId,
        out SafeHcsProcessV1Handle process,
        out SafeCoTaskString result);

    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsTerminateProcess(
        SafeHcsProcessV1Handle process,
        out SafeCoTaskString result);

    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsGetProcessProperties(
        SafeHcsProcessV1Handle process,
        out SafeCoTaskString processProperties,
        out SafeCoTaskString result);

    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsModifyProcess(
        SafeHcsProcessV1Handle process,
        string settings,
        out SafeCoTaskString result);

    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    private static extern int HcsCloseProcess(
        IntPtr process);

    /// <summary>HCS_PROCESS of vmcompute.</summary>
    internal sealed class SafeHcsProcessV1Handle : NativeHandle
    {
        protected override bool ReleaseHandle() => HcsCloseProcess(handle) >= 0;
    }
}
