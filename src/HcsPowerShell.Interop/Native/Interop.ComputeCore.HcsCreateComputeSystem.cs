using System;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Native;

internal static partial class Interop
{
    internal static partial class ComputeCore
    {
        [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
        internal static extern int HcsCreateComputeSystem(
            string id,
            string configuration,
            SafeHcsOperationHandle operation,
            IntPtr securityDescriptor,
            out SafeHcsSystemHandle computeSystem);
    }
}
