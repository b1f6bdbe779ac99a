using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>The network namespace of a container, and the endpoints and interfaces that it gets.</summary>
/// <remarks>
/// An entry of EndpointList is the id of an endpoint, or of a namespace with endpoints, of this host; or the
/// name of a network namespace as <c>ip netns</c> makes it, which the container joins; or the name of a network interface
/// of the host, such as one end of a veth pair, which moves into the container's own namespace with its addresses and
/// routes. At the end of the container, a virtual interface is deleted, a physical one
/// returns to the host, and a joined namespace stays.
/// </remarks>
/// <param name="Namespace">Path of the namespace to join; null makes a new one.</param>
/// <param name="Interfaces">Interfaces to be moved into it.</param>
/// <param name="Endpoints">Endpoints to be attached to it.</param>
/// <param name="Space">A namespace whose endpoints it shares with the other containers there; null for none.</param>
internal sealed record NetworkPlan(
    string? Namespace,
    IReadOnlyList<string> Interfaces,
    IReadOnlyList<HostEndpoint> Endpoints,
    HostNamespace? Space)
{
    private const string Function = "HcsCreateComputeSystem";
    private const string NamespaceFolder = "/run/netns";
    private const string InterfaceFolder = "/sys/class/net";

    /// <summary>Whether the container has no network except its own loopback.</summary>
    public bool IsEmpty => Namespace is null && Interfaces.Count == 0 && Endpoints.Count == 0 && Space is null;

    /// <summary>The name resolution that its endpoints ask for; null when they ask for none.</summary>
    public HostComputeDns? Dns =>
        Endpoints.Concat(Space?.Endpoints ?? []).Select(endpoint => endpoint.Dns).FirstOrDefault(dns => dns is not null);

    /// <param name="id">Id of the container.</param>
    /// <param name="config">Its document.</param>
    /// <param name="findProcess">
    /// Finds the first process of another container of this host by container id; null when there is none.
    /// </param>
    /// <param name="networks">The networks of this host.</param>
    /// <exception cref="Interop.HcsException">
    /// An endpoint or container does not exist, or the members exclude each other.
    /// </exception>
    public static NetworkPlan Make(string id, ContainerConfig config, Func<string, int?> findProcess, OciNetworks networks)
    {
        string[] endpoints = config.EndpointList ?? [];
        bool isShared = !string.IsNullOrEmpty(config.NetworkSharedContainerName);
        string? joined = endpoints.Select(NamespacePath).FirstOrDefault(path => path is not null);
        HostNamespace? space = endpoints.Select(networks.Namespaces.Find).FirstOrDefault(found => found is not null);
        if (endpoints.Length > 0 && (isShared || ((joined is not null || space is not null) && endpoints.Length > 1)))
        {
            throw Refusal.InvalidArgument(
                id, Function, "EndpointList: a container that joins another namespace can have no endpoints besides.");
        }

        if (isShared)
        {
            int process = findProcess(config.NetworkSharedContainerName!) ?? throw Refusal.InvalidArgument(
                id,
                Function,
                $"NetworkSharedContainerName: there is no container '{config.NetworkSharedContainerName}' on this host.");
            return new NetworkPlan($"/proc/{process}/ns/net", [], [], null);
        }

        if (joined is not null)
        {
            return new NetworkPlan(joined, [], [], null);
        }

        if (space is not null)
        {
            return new NetworkPlan(
                space.Users.Select(user => $"/proc/{user.ProcessId}/ns/net").FirstOrDefault(), [], [], space);
        }

        return new NetworkPlan(
            null,
            [.. endpoints.Where(name => networks.Endpoints.Find(name) is null).Select(name => RequireInterface(id, Function, name))],
            [.. endpoints.Select(networks.Endpoints.Find).OfType<HostEndpoint>().Distinct()],
            null);
    }

    /// <exception cref="Interop.HcsException">There is no such interface.</exception>
    public static string RequireInterface(string id, string function, string name) =>
        IsName(name) && name != "lo" && Directory.Exists(Path.Combine(InterfaceFolder, name))
            ? name
            : throw Refusal.InvalidArgument(
                id, function, $"EndpointList: '{name}' is no endpoint of this host, no network namespace and no network interface.");

    private static string? NamespacePath(string name) =>
        IsName(name) && File.Exists(Path.Combine(NamespaceFolder, name)) ? Path.Combine(NamespaceFolder, name) : null;

    private static bool IsName(string name) => name.Length > 0 && name.IndexOf('/') < 0 && name is not ("." or "..");
}
