using System;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Native;

internal static partial class Interop
{
    internal static partial class ComputeCore
    {
        [UnmanagedFunctionPointer(CallingConvention.Winapi)]
        internal delegate void HCS_OPERATION_COMPLETION(IntPtr operation, IntPtr context);

        [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
        internal static extern SafeHcsOperationHandle HcsCreateOperation(
            IntPtr context,
            HCS_OPERATION_COMPLETION? callback);
    }
}
