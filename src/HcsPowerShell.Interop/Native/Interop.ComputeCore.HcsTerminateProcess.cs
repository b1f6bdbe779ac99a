using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Native;

internal static partial class Interop
{
    internal static partial class ComputeCore
    {
        [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
        internal static extern int HcsTerminateProcess(
            SafeHcsProcessHandle process,
            SafeHcsOperationHandle operation,
            string? options);
    }
}
