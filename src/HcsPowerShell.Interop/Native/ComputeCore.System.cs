using System.Runtime.InteropServices;
using System;

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

    /// <summary>HCS_SYSTEM. Closing it ends its callback, which computecore drains before it returns.</summary>
    internal sealed class SafeHcsSystemHandle : SafeHandle
    {
        private CallbackKey? _callback;

        public SafeHcsSystemHandle()
            : base(IntPtr.Zero, ownsHandle: true)
        {
        }

        public override bool IsInvalid => handle == IntPtr.Zero;

        /// <summary>Keeps the callback's key alive until the handle is closed.</summary>
        internal void Own(CallbackKey callback) => _callback = callback;

        protected override bool ReleaseHandle()
        {
            HcsCloseComputeSystem(handle);
            _callback?.Drop();
            return true;
        }
    }
}
