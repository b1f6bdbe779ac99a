using System;
using System.Runtime.InteropServices;
using static HcsPowerShell.Interop.Native.Ole32;

namespace HcsPowerShell.Interop.Native;

internal static partial class ComputeNetwork
{
    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnEnumerateNamespaces(
        string query,
        out SafeCoTaskString namespaces,
        out SafeCoTaskString errorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnCreateNamespace(
        in Guid id,
        string settings,
        out SafeHcnNamespaceHandle @namespace,
        out SafeCoTaskString errorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnOpenNamespace(
        in Guid id,
        out SafeHcnNamespaceHandle @namespace,
        out SafeCoTaskString errorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnModifyNamespace(
        SafeHcnNamespaceHandle @namespace,
        string settings,
        out SafeCoTaskString errorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnQueryNamespaceProperties(
        SafeHcnNamespaceHandle @namespace,
        string query,
        out SafeCoTaskString properties,
        out SafeCoTaskString errorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnDeleteNamespace(
        in Guid id,
        out SafeCoTaskString errorRecord);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    private static extern int HcnCloseNamespace(
        IntPtr @namespace);

    /// <summary>HCN_NAMESPACE.</summary>
    internal sealed class SafeHcnNamespaceHandle : NativeHandle
    {
        protected override bool ReleaseHandle() => HcnCloseNamespace(handle) >= 0;
    }
}
