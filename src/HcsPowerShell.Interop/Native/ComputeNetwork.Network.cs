using System;
using System.Runtime.InteropServices;
using static HcsPowerShell.Interop.Native.Ole32;

namespace HcsPowerShell.Interop.Native;

internal static partial class ComputeNetwork
{
    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnEnumerateNetworks(
        string query,
        out SafeCoTaskString networks,
        out SafeCoTaskString errorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnCreateNetwork(
        in Guid id,
        string settings,
        out SafeHcnNetworkHandle network,
        out SafeCoTaskString errorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnOpenNetwork(
        in Guid id,
        out SafeHcnNetworkHandle network,
        out SafeCoTaskString errorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnModifyNetwork(
        SafeHcnNetworkHandle network,
        string settings,
        out SafeCoTaskString errorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnQueryNetworkProperties(
        SafeHcnNetworkHandle network,
        string query,
        out SafeCoTaskString properties,
        out SafeCoTaskString errorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnDeleteNetwork(
        in Guid id,
        out SafeCoTaskString errorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    private static extern int HcnCloseNetwork(
        IntPtr network);

    /// <summary>HCN_NETWORK.</summary>
    internal sealed class SafeHcnNetworkHandle : NativeHandle
    {
        protected override bool ReleaseHandle() => HcnCloseNetwork(handle) >= 0;
    }
}
