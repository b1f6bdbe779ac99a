using System;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Networks;
using static HcsPowerShell.Interop.Native.ComputeNetwork;
using static HcsPowerShell.Interop.Native.Ole32;

namespace HcsPowerShell.Interop.ComputeNetwork;

/// <summary>The networks of computenetwork.</summary>
internal sealed class ComputeNetworks() : ComputeNetworkObjects<SafeHcnNetworkHandle>(NetworkKind.Network, nameof(HcnOpenNetwork))
{
    private protected override int Enumerate(string query, out SafeCoTaskString ids, out SafeCoTaskString error) =>
        HcnEnumerateNetworks(query, out ids, out error);

    private protected override int Create(
        Guid id, string settings, HostComputeObject document, out SafeHcnNetworkHandle handle, out SafeCoTaskString error) =>
        HcnCreateNetwork(in id, settings, out handle, out error);

    private protected override int Open(Guid id, out SafeHcnNetworkHandle handle, out SafeCoTaskString error) =>
        HcnOpenNetwork(in id, out handle, out error);

    private protected override int Modify(SafeHcnNetworkHandle handle, string settings, out SafeCoTaskString error) =>
        HcnModifyNetwork(handle, settings, out error);

    private protected override int Query(
        SafeHcnNetworkHandle handle, string query, out SafeCoTaskString properties, out SafeCoTaskString error) =>
        HcnQueryNetworkProperties(handle, query, out properties, out error);

    private protected override int Delete(Guid id, out SafeCoTaskString error) => HcnDeleteNetwork(in id, out error);
}
