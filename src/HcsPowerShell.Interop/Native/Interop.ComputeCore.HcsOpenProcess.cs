using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Native;

internal static partial class Interop
{
    internal static partial class ComputeCore
    {
        [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
        internal static extern int HcsOpenProcess(
            SafeHcsSystemHandle computeSystem,
            uint processId,
            uint requestedAccess,
            out SafeHcsProcessHandle process);
    }
}
