using System.Runtime.InteropServices;
using static HcsPowerShell.Interop.Native.Interop.Ole32;

namespace HcsPowerShell.Interop.Native;

internal static partial class Interop
{
    internal static partial class VmCompute
    {
        [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
        internal static extern int HcsOpenComputeSystem(
            string id,
            out SafeHcsSystemV1Handle computeSystem,
            out SafeCoTaskString result);
    }
}
