using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Errors;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Rules;

namespace HcsPowerShell.Targets;

/// <summary>Finds the one network that a user means.</summary>
internal static class NetworkChoice
{
    /// <summary>Name of the network that is the default, as Docker makes it.</summary>
    public const string DefaultName = "nat";

    /// <summary>True for a network of type NAT.</summary>
    public static bool IsNat(HostComputeNetwork network) =>
        string.IsNullOrEmpty(network.Type)
        || network.Type!.Equals(HostComputeNetwork.DefaultType, StringComparison.OrdinalIgnoreCase);

    /// <summary>The network with a name or a guid; without one, the default.</summary>
    /// <exception cref="NetworkException">There is none, or several have the name.</exception>
    public static async Task<HostComputeNetwork> FindAsync(HcsHost host, string? name, Deadline deadline)
    {
        if (name is null)
        {
            return await DefaultAsync(host, deadline).ConfigureAwait(false);
        }

        if (NetworkRules.Reserved(name) is { } problem)
        {
            throw new HcsDocumentException("Network", problem);
        }

        List<HostComputeNetwork> found = [];
        var selection = new NetworkSelection<HostComputeNetwork>(
            host, Guid.TryParse(name, out Guid id) ? [] : [IdPattern.Escape(name)], id == Guid.Empty ? [] : [id]);
        await selection.ReadAsync(
            network =>
            {
                found.Add(network);
                return Task.CompletedTask;
            },
            (_, missing) => throw missing,
            deadline).ConfigureAwait(false);
        return found.Count switch
        {
            1 => found[0],
            0 => throw NetworkObjects.NotFound<HostComputeNetwork>(host, name),
            _ => throw new NetworkException(
                NetworkProblem.Ambiguous,
                $"'{name}' names several networks: {string.Join(", ", found.Select(network => network.Guid))}."),
        };
    }

    /// <summary>The networks of type NAT.</summary>
    public static async Task<IReadOnlyList<HostComputeNetwork>> ListNatAsync(HcsHost host, Deadline deadline) =>
    [
        .. (await NetworkObjects.ListAsync<HostComputeNetwork>(host, null, isDetailed: false, deadline).ConfigureAwait(false))
            .Where(IsNat),
    ];

    private static async Task<HostComputeNetwork> DefaultAsync(HcsHost host, Deadline deadline)
    {
        IReadOnlyList<HostComputeNetwork> all =
            await NetworkObjects.ListAsync<HostComputeNetwork>(host, null, isDetailed: false, deadline).ConfigureAwait(false);
        HostComputeNetwork[] nat = [.. all.Where(IsNat)];
        return all.FirstOrDefault(network => DefaultName.Equals(network.Name, StringComparison.OrdinalIgnoreCase))
            ?? (nat.Length == 1 ? nat[0] : throw new NetworkException(
                NetworkProblem.NoDefault,
                nat.Length == 0
                    ? $"Host '{host.Name}' has no network of type NAT. This makes one: New-HcsNetwork {DefaultName}"
                    : $"No network is named {DefaultName}, and several are of type NAT: "
                        + $"{string.Join(", ", nat.Select(network => network.Name))}. This makes the default: New-HcsNetwork {DefaultName}"));
    }
}
