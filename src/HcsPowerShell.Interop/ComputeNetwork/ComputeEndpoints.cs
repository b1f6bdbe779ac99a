using System;
using System.Threading;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Networks;
using static HcsPowerShell.Interop.Native.ComputeNetwork;
using static HcsPowerShell.Interop.Native.Ole32;

namespace HcsPowerShell.Interop.ComputeNetwork;

/// <summary>The endpoints of computenetwork.</summary>
internal sealed class ComputeEndpoints(ComputeNetworks networks)
    : ComputeNetworkObjects<SafeHcnEndpointHandle>(NetworkKind.Endpoint, nameof(HcnOpenEndpoint))
{
    /// <summary>Returns the counters; null where the library has no function for them.</summary>
    internal string? ReadCounters(Guid id, CancellationToken abandoned)
    {
        using SafeHcnEndpointHandle handle = Open(id);
        abandoned.ThrowIfCancellationRequested();
        try
        {
            return ComputeNetworkCall.Ask(
                nameof(HcnQueryEndpointStats),
                (out SafeCoTaskString counters, out SafeCoTaskString error) =>
                    HcnQueryEndpointStats(handle, QueryOf(isDetailed: false), out counters, out error)) ?? string.Empty;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }

    private protected override int Enumerate(string query, out SafeCoTaskString ids, out SafeCoTaskString error) =>
        HcnEnumerateEndpoints(query, out ids, out error);

    private protected override int Create(
        Guid id, string settings, HostComputeObject document, out SafeHcnEndpointHandle handle, out SafeCoTaskString error)
    {
        if (!Guid.TryParse(((HostComputeEndpoint)document).HostComputeNetwork, out Guid on))
        {
            throw new HcsException(nameof(HcnOpenNetwork), HResult.InvalidArgument);
        }

        using SafeHcnNetworkHandle network = networks.Open(on);
        return HcnCreateEndpoint(network, in id, settings, out handle, out error);
    }

    private protected override int Open(Guid id, out SafeHcnEndpointHandle handle, out SafeCoTaskString error) =>
        HcnOpenEndpoint(in id, out handle, out error);

    private protected override int Modify(SafeHcnEndpointHandle handle, string settings, out SafeCoTaskString error) =>
        HcnModifyEndpoint(handle, settings, out error);

    private protected override int Query(
        SafeHcnEndpointHandle handle, string query, out SafeCoTaskString properties, out SafeCoTaskString error) =>
        HcnQueryEndpointProperties(handle, query, out properties, out error);

    private protected override int Delete(Guid id, out SafeCoTaskString error) => HcnDeleteEndpoint(in id, out error);
}
