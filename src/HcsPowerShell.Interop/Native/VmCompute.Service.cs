using System.Runtime.InteropServices;
using static HcsPowerShell.Interop.Native.Ole32;

namespace HcsPowerShell.Interop.Native;

internal static partial class VmCompute
{
    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsEnumerateComputeSystems(
        string? query,
        out SafeCoTaskString computeSystems,
        out SafeCoTaskString result);

    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsGetServiceProperties(
        string? propertyQuery,
        out SafeCoTaskString properties,
        out SafeCoTaskString result);
}
