using System;
using System.Runtime.InteropServices;
using static HcsPowerShell.Interop.Native.Ole32;

namespace HcsPowerShell.Interop.Native;

internal static partial class ComputeNetwork
{
    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnEnumerateNetworks(
        string Query,
        out SafeCoTaskString Networks,
        out SafeCoTaskString ErrorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnCreateNetwork(
        in Guid Id,
        string Settings,
        out SafeHcnNetworkHandle Network,
        out SafeCoTaskString ErrorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnOpenNetwork(
        in Guid Id,
        out SafeHcnNetworkHandle Network,
        out SafeCoTaskString ErrorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnModifyNetwork(
        SafeHcnNetworkHandle Network,
        string Settings,
        out SafeCoTaskString ErrorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnQueryNetworkProperties(
        SafeHcnNetworkHandle Network,
        string Query,
        out SafeCoTaskString Properties,
        out SafeCoTaskString ErrorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnDeleteNetwork(
        in Guid Id,
        out SafeCoTaskString ErrorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    private static extern int HcnCloseNetwork(
        IntPtr Network);

    /// <summary>HCN_NETWORK.</summary>
    internal sealed class SafeHcnNetworkHandle : NativeHandle
    {
        protected override bool ReleaseHandle() => HcnCloseNetwork(handle) >= 0;
    }
}
