using System.Runtime.InteropServices;
using static HcsPowerShell.Interop.Native.Interop.Ole32;

namespace HcsPowerShell.Interop.Native;

internal static partial class Interop
{
    internal static partial class VmCompute
    {
        [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
        internal static extern int HcsShutdownComputeSystem(
            SafeHcsSystemV1Handle computeSystem,
            string? options,
            out SafeCoTaskString result);
    }
}
