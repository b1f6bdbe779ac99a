using System.Runtime.InteropServices;
using static HcsPowerShell.Interop.Native.Ole32;

namespace HcsPowerShell.Interop.Native;

internal static partial class VmCompute
{
    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HNSCall(
        string method,
        string path,
        string request,
        out SafeCoTaskString response);
}
