using System;
using System.Text.Json;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Rules;

namespace HcsPowerShell.Embedded.Service.Modification;

/// <summary>Reads a request of schema 1, which changes endpoints and virtual disks.</summary>
internal static class Schema1Modification
{
    /// <exception cref="HcsDocumentException">The document is not a request of schema 1.</exception>
    public static ResourceRequest Read(string id, ResourceModificationRequestResponse request)
    {
        if (Is(request, ResourceName.Network))
        {
            ChangeType type = TypeOf(id, request);
            string endpoint = ReadEndpoint(ModifyDocument.Require(id, request.Settings));
            return new ResourceRequest(
                ResourceName.Network, type, new ContainerConfig { EndpointList = [endpoint] });
        }

        if (Is(request, ResourceName.MappedVirtualDisk))
        {
            ChangeType type = TypeOf(id, request);
            var disk = HcsJson.Read<MappedVirtualDisk>(ModifyDocument.Require(id, request.Settings));
            var settings = new ContainerConfig { MappedVirtualDisks = [disk] };
            if (type == ChangeType.Add)
            {
                ModifyDocument.Refuse(id, ContainerConfigRules.Check(settings));
            }

            return new ResourceRequest(ResourceName.MappedVirtualDisk, type, settings);
        }

        throw new HcsDocumentException(
            "ResourceType",
            $"a request to a container of schema 1 names one of {ResourceName.Network}, {ResourceName.MappedVirtualDisk}");
    }

    private static bool Is(ResourceModificationRequestResponse request, string resource) =>
        resource.Equals(request.ResourceType, StringComparison.OrdinalIgnoreCase);

    private static ChangeType TypeOf(string id, ResourceModificationRequestResponse request) => ModifyDocument.ReadType(
        id, request.ResourceType!, request.RequestType, ChangeType.Add, ChangeType.Remove);

    private static string ReadEndpoint(string settings)
    {
        using JsonDocument json = JsonDocument.Parse(settings);
        return json.RootElement.ValueKind == JsonValueKind.String && json.RootElement.GetString() is { Length: > 0 } endpoint
            ? endpoint
            : throw new HcsDocumentException("Settings", "the id of an endpoint was expected");
    }
}
