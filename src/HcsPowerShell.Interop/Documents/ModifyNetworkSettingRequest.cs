namespace HcsPowerShell.Interop.Documents;

/// <summary>
/// Changes a network, an endpoint or a namespace (HCN <c>ModifyNetworkSettingRequest</c> and its siblings).
/// </summary>
public sealed class ModifyNetworkSettingRequest : CompositeDocument
{
    /// <summary>The part to change: Policy or Port of an endpoint, Endpoint or Container of a namespace.</summary>
    public string? ResourceType { get; set; }

    /// <summary>Add, Remove, Update or Refresh.</summary>
    public string? RequestType { get; set; }

    /// <summary>Settings, in the form that the type requires.</summary>
    public RawJson? Settings { get; set; }

    /// <summary>The request that adds an endpoint to a namespace, or removes it.</summary>
    /// <param name="type">Add or Remove.</param>
    /// <param name="endpoint">Guid of the endpoint.</param>
    internal static ModifyNetworkSettingRequest OfEndpoint(string type, string endpoint) => new()
    {
        ResourceType = NamespaceResource.Endpoint,
        RequestType = type,
        Settings = new RawJson(HcsJson.Write(new NamespaceEndpoint { EndpointId = endpoint })),
    };
}
