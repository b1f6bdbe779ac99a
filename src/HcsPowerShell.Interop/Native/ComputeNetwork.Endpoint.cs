using System;
using System.Runtime.InteropServices;
using static HcsPowerShell.Interop.Native.Ole32;

namespace HcsPowerShell.Interop.Native;

internal static partial class ComputeNetwork
{
    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnEnumerateEndpoints(
        string query,
        out SafeCoTaskString endpoints,
        out SafeCoTaskString errorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnCreateEndpoint(
        SafeHcnNetworkHandle network,
        in Guid id,
        string settings,
        out SafeHcnEndpointHandle endpoint,
        out SafeCoTaskString errorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnOpenEndpoint(
        in Guid id,
        out SafeHcnEndpointHandle endpoint,
        out SafeCoTaskString errorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnModifyEndpoint(
        SafeHcnEndpointHandle endpoint,
        string settings,
        out SafeCoTaskString errorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnQueryEndpointProperties(
        SafeHcnEndpointHandle endpoint,
        string query,
        out SafeCoTaskString properties,
        out SafeCoTaskString errorRecord);

    /// <summary>Not documented, so older versions of the library may lack it.</summary>
    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnQueryEndpointStats(
        SafeHcnEndpointHandle endpoint,
        string query,
        out SafeCoTaskString stats,
        out SafeCoTaskString errorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnDeleteEndpoint(
        in Guid id,
        out SafeCoTaskString errorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    private static extern int HcnCloseEndpoint(
        IntPtr endpoint);

    /// <summary>HCN_ENDPOINT.</summary>
    internal sealed class SafeHcnEndpointHandle : NativeHandle
    {
        protected override bool ReleaseHandle() => HcnCloseEndpoint(handle) >= 0;
    }
}
