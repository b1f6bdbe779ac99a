using System.Runtime.InteropServices;
using static HcsPowerShell.Interop.Native.Kernel32;

namespace HcsPowerShell.Interop.Native;

internal static partial class ComputeCore
{
    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsEnumerateComputeSystems(
        string? query,
        SafeHcsOperationHandle operation);

    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsGetServiceProperties(
        string? propertyQuery,
        out SafeLocalString result);
}
