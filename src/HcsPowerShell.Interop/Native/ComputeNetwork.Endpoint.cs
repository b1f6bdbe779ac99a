using System;
using System.Runtime.InteropServices;
using static HcsPowerShell.Interop.Native.Ole32;

namespace HcsPowerShell.Interop.Native;

internal static partial class ComputeNetwork
{
    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnEnumerateEndpoints(
        string Query,
        out SafeCoTaskString Endpoints,
        out SafeCoTaskString ErrorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnCreateEndpoint(
        SafeHcnNetworkHandle Network,
        in Guid Id,
        string Settings,
        out SafeHcnEndpointHandle Endpoint,
        out SafeCoTaskString ErrorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnOpenEndpoint(
        in Guid Id,
        out SafeHcnEndpointHandle Endpoint,
        out SafeCoTaskString ErrorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnModifyEndpoint(
        SafeHcnEndpointHandle Endpoint,
        string Settings,
        out SafeCoTaskString ErrorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnQueryEndpointProperties(
        SafeHcnEndpointHandle Endpoint,
        string Query,
        out SafeCoTaskString Properties,
        out SafeCoTaskString ErrorRecord);

    /// <summary>Not documented, so older versions of the library may lack it.</summary>
    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnQueryEndpointStats(
        SafeHcnEndpointHandle Endpoint,
        string Query,
        out SafeCoTaskString Stats,
        out SafeCoTaskString ErrorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnDeleteEndpoint(
        in Guid Id,
        out SafeCoTaskString ErrorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    private static extern int HcnCloseEndpoint(
        IntPtr Endpoint);

    /// <summary>HCN_ENDPOINT.</summary>
    internal sealed class SafeHcnEndpointHandle : NativeHandle
    {
        protected override bool ReleaseHandle() => HcnCloseEndpoint(handle) >= 0;
    }
}
