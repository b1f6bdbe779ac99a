using System.Runtime.InteropServices;
using System;

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

    /// <summary>HCS_PROCESS. Closing it ends its callback, which computecore drains before it returns.</summary>
    internal sealed class SafeHcsProcessHandle : SafeHandle
    {
        private CallbackKey? _callback;

        public SafeHcsProcessHandle()
            : base(IntPtr.Zero, ownsHandle: true)
        {
        }

        public override bool IsInvalid => handle == IntPtr.Zero;

        /// <summary>Keeps the callback's key alive until the handle is closed.</summary>
        internal void Own(CallbackKey callback) => _callback = callback;

        protected override bool ReleaseHandle()
        {
            HcsCloseProcess(handle);
            _callback?.Drop();
            return true;
        }
    }
}
