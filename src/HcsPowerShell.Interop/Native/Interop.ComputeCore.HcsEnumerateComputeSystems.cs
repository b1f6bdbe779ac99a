using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Native;

internal static partial class Interop
{
    internal static partial class ComputeCore
    {
        [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
        internal static extern int HcsEnumerateComputeSystems(
            string? query,
            SafeHcsOperationHandle operation);
    }
}
