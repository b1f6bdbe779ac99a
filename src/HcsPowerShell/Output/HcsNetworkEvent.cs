using System;
using HcsPowerShell.Interop;

namespace HcsPowerShell;

/// <summary>A change of a network, an endpoint or a namespace, as the service reported it.</summary>
public sealed class HcsNetworkEvent : HcsOutput
{
    internal HcsNetworkEvent(HcsHost host, NetworkEvent received, string? name)
        : base(host)
    {
        Timestamp = received.Timestamp.ToLocalTime();
        Type = received.Type.ToString();
        Kind = KindOf(received.Type);
        Name = VisibleText.OfName(name);
        Id = received.ObjectId;
        ServiceDocument = received.Document;
    }

    /// <summary>The time when this process received the event.</summary>
    public DateTimeOffset Timestamp { get; }

    /// <summary>
    /// NetworkCreated, NetworkDeleted, NamespaceCreated, NamespaceDeleted, EndpointAttached, EndpointDetached or
    /// ServiceDisconnected.
    /// </summary>
    public string Type { get; }

    /// <summary>Network, Endpoint or Namespace; null for an event of the service itself.</summary>
    public string? Kind { get; }

    /// <summary>Name of the network, endpoint or namespace; null when it has none, or has gone before it was read.</summary>
    public string? Name { get; }

    /// <summary>Guid of the network, endpoint or namespace; null when the event does not tell.</summary>
    public Guid? Id { get; }

    internal override string? ServiceDocument { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Type} {(string.IsNullOrEmpty(Name) ? Id?.ToString() : Name)}".TrimEnd();

    private static string? KindOf(NetworkEventType type) => type switch
    {
        NetworkEventType.NetworkCreated or NetworkEventType.NetworkDeleted => "Network",
        NetworkEventType.EndpointAttached or NetworkEventType.EndpointDetached => "Endpoint",
        NetworkEventType.NamespaceCreated or NetworkEventType.NamespaceDeleted => "Namespace",
        _ => null,
    };
}
