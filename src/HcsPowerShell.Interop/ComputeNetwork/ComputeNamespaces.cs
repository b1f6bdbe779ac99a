using System;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Networks;
using static HcsPowerShell.Interop.Native.ComputeNetwork;
using static HcsPowerShell.Interop.Native.Ole32;

namespace HcsPowerShell.Interop.ComputeNetwork;

/// <summary>The namespaces of computenetwork.</summary>
internal sealed class ComputeNamespaces() : ComputeNetworkObjects<SafeHcnNamespaceHandle>(NetworkKind.Namespace, nameof(HcnOpenNamespace))
{
    private protected override int Enumerate(string query, out SafeCoTaskString ids, out SafeCoTaskString error) =>
        HcnEnumerateNamespaces(query, out ids, out error);

    private protected override int Create(
        Guid id, string settings, HostComputeObject document, out SafeHcnNamespaceHandle handle, out SafeCoTaskString error) =>
        HcnCreateNamespace(in id, settings, out handle, out error);

    private protected override int Open(Guid id, out SafeHcnNamespaceHandle handle, out SafeCoTaskString error) =>
        HcnOpenNamespace(in id, out handle, out error);

    private protected override int Modify(SafeHcnNamespaceHandle handle, string settings, out SafeCoTaskString error) =>
        HcnModifyNamespace(handle, settings, out error);

    private protected override int Query(
        SafeHcnNamespaceHandle handle, string query, out SafeCoTaskString properties, out SafeCoTaskString error) =>
        HcnQueryNamespaceProperties(handle, query, out properties, out error);

    private protected override int Delete(Guid id, out SafeCoTaskString error) => HcnDeleteNamespace(in id, out error);
}
