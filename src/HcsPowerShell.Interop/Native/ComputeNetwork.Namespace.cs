using System;
using System.Runtime.InteropServices;
using static HcsPowerShell.Interop.Native.Ole32;

namespace HcsPowerShell.Interop.Native;

internal static partial class ComputeNetwork
{
    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnEnumerateNamespaces(
        string Query,
        out SafeCoTaskString Namespaces,
        out SafeCoTaskString ErrorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnCreateNamespace(
        in Guid Id,
        string Settings,
        out SafeHcnNamespaceHandle Namespace,
        out SafeCoTaskString ErrorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnOpenNamespace(
        in Guid Id,
        out SafeHcnNamespaceHandle Namespace,
        out SafeCoTaskString ErrorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnModifyNamespace(
        SafeHcnNamespaceHandle Namespace,
        string Settings,
        out SafeCoTaskString ErrorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnQueryNamespaceProperties(
        SafeHcnNamespaceHandle Namespace,
        string Query,
        out SafeCoTaskString Properties,
        out SafeCoTaskString ErrorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnDeleteNamespace(
        in Guid Id,
        out SafeCoTaskString ErrorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    private static extern int HcnCloseNamespace(
        IntPtr Namespace);

    /// <summary>HCN_NAMESPACE.</summary>
    internal sealed class SafeHcnNamespaceHandle : NativeHandle
    {
        protected override bool ReleaseHandle() => HcnCloseNamespace(handle) >= 0;
    }
}
