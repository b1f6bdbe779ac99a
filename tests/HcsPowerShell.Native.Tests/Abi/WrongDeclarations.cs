using System;
using System.Runtime.InteropServices;
using static HcsPowerShell.Interop.Native.ComputeCore;
using static HcsPowerShell.Interop.Native.Kernel32;
using static HcsPowerShell.Interop.Native.Ole32;
using static HcsPowerShell.Interop.Native.VmCompute;

namespace HcsPowerShell.Native.Tests.Abi;

/// <summary>Declarations with one mistake each, which the checker must find. No test calls them.</summary>
internal static class WrongDeclarations
{
    internal static class ParameterOrder
    {
        [DllImport("computecore.dll", CharSet = CharSet.Unicode, ExactSpelling = true)]
        internal static extern int HcsStartComputeSystem(
            SafeHcsOperationHandle operation, SafeHcsSystemHandle computeSystem, string? options);
    }

    internal static class ParameterCount
    {
        [DllImport("computecore.dll", CharSet = CharSet.Unicode, ExactSpelling = true)]
        internal static extern int HcsStartComputeSystem(
            SafeHcsSystemHandle computeSystem, SafeHcsOperationHandle operation);
    }

    internal static class Width
    {
        [DllImport("computecore.dll", CharSet = CharSet.Unicode, ExactSpelling = true)]
        internal static extern int HcsOpenComputeSystem(
            string id, ulong requestedAccess, out SafeHcsSystemHandle computeSystem);
    }

    internal static class Direction
    {
        [DllImport("computecore.dll", CharSet = CharSet.Unicode, ExactSpelling = true)]
        internal static extern int HcsGetOperationResult(
            SafeHcsOperationHandle operation, SafeLocalString resultDocument);
    }

    internal static class Allocator
    {
        [DllImport("computecore.dll", CharSet = CharSet.Unicode, ExactSpelling = true)]
        internal static extern int HcsGetOperationResult(
            SafeHcsOperationHandle operation, out SafeCoTaskString resultDocument);
    }

    internal static class CharacterSet
    {
#pragma warning disable CA2101 // This is the mistake that the checker must find.
        [DllImport("computecore.dll", CharSet = CharSet.Ansi, ExactSpelling = true)]
        internal static extern int HcsEnumerateComputeSystems(string? query, SafeHcsOperationHandle operation);
#pragma warning restore CA2101
    }

    internal static class Convention
    {
        [DllImport("computecore.dll", CharSet = CharSet.Unicode, ExactSpelling = true,
            CallingConvention = CallingConvention.Cdecl)]
        internal static extern int HcsEnumerateComputeSystems(string? query, SafeHcsOperationHandle operation);
    }

    internal static class Signature
    {
        [DllImport("computecore.dll", CharSet = CharSet.Unicode, ExactSpelling = true, PreserveSig = false)]
        internal static extern int HcsEnumerateComputeSystems(string? query, SafeHcsOperationHandle operation);
    }

    internal static class Spelling
    {
        [DllImport("computecore.dll", CharSet = CharSet.Unicode, ExactSpelling = true)]
        internal static extern int HcsShutdownComputeSystem(
            SafeHcsSystemHandle computeSystem, SafeHcsOperationHandle operation, string? options);
    }

    internal static class Library
    {
        [DllImport("vmcompute.dll", CharSet = CharSet.Unicode, ExactSpelling = true)]
        internal static extern int HcsEnumerateComputeSystems(string? query, SafeHcsOperationHandle operation);
    }

    internal static class Return
    {
        [DllImport("computecore.dll", CharSet = CharSet.Unicode, ExactSpelling = true)]
        internal static extern void HcsEnumerateComputeSystems(string? query, SafeHcsOperationHandle operation);
    }

    internal static class ByValue
    {
        [DllImport("vmcompute.dll", CharSet = CharSet.Unicode, ExactSpelling = true)]
        internal static extern int ActivateLayer(DriverInfo info, string id);
    }

    internal static class Size
    {
        [DllImport("vmcompute.dll", CharSet = CharSet.Unicode, ExactSpelling = true)]
        internal static extern int ExpandSandboxSize(ref DriverInfo info, string id, uint size);
    }

    internal static class Buffer
    {
        [DllImport("vmcompute.dll", CharSet = CharSet.Unicode, ExactSpelling = true)]
        internal static extern int GetLayerMountPath(
            ref DriverInfo info, string id, ref UIntPtr length, char[]? buffer);
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    internal delegate void HCS_NOTIFICATION_CALLBACK(
        uint notificationType, IntPtr context, int notificationStatus, IntPtr notificationData);

    [StructLayout(LayoutKind.Sequential)]
    internal struct HCS_PROCESS_INFORMATION
    {
        internal uint ProcessId;
        internal IntPtr StdInput;
        internal uint Reserved;
        internal IntPtr StdOutput;
        internal IntPtr StdError;
    }

    internal enum HCS_EVENT_TYPE
    {
        HcsEventServiceDisconnect = 0x01000000,
    }
}
