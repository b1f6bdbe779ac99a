using System.Runtime.InteropServices;
using static HcsPowerShell.Interop.Native.Interop.Kernel32;

namespace HcsPowerShell.Interop.Native;

internal static partial class Interop
{
    internal static partial class ComputeCore
    {
        [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
        internal static extern int HcsGetOperationResult(
            SafeHcsOperationHandle operation,
            out SafeLocalString resultDocument);
    }
}
