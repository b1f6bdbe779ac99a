using System;
using System.Text.Json;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Rules;
using HcsPowerShell.Interop.Documents.Translation;
using ComputeSystemDocument = HcsPowerShell.Interop.Documents.ComputeSystem;

namespace HcsPowerShell.Embedded.Service.Modification;

/// <summary>Reads a request of schema 2, which names the resource by its path in the document.</summary>
internal static class Schema2Modification
{
    /// <exception cref="HcsDocumentException">The document is not a request of schema 2.</exception>
    public static ResourceRequest Read(string id, ModifySettingRequest request)
    {
        string path = request.ResourcePath ?? string.Empty;
        if (request.GuestRequest is not null)
        {
            throw Refusal.NotSupported(id, ResourceChange.Function, "GuestRequest: the container has no guest to ask.");
        }

        if (Is(path, ResourceName.Memory))
        {
            return Read(id, request, ResourceName.Memory, ReadMemory, ChangeType.Update);
        }

        if (Is(path, ResourceName.Processor))
        {
            return Read(
                id,
                request,
                ResourceName.Processor,
                json => new Container { Processor = HcsJson.Read<ContainerProcessor>(json) },
                ChangeType.Update);
        }

        if (Is(path, ResourceName.MappedDirectories))
        {
            return Read(
                id,
                request,
                ResourceName.MappedDirectories,
                json => new Container { MappedDirectories = [HcsJson.Read<ContainerMappedDirectory>(json)] },
                ChangeType.Add,
                ChangeType.Remove);
        }

        if (Is(path, ResourceName.MappedPipes))
        {
            return Read(
                id,
                request,
                ResourceName.MappedPipes,
                json => new Container { MappedPipes = [HcsJson.Read<ContainerMappedPipe>(json)] },
                ChangeType.Add,
                ChangeType.Remove);
        }

        throw path.Length == 0
            ? new HcsDocumentException("ResourcePath", "it is required of a request to a container of schema 2")
            : Refusal.NotSupported(
                id, ResourceChange.Function, $"ResourcePath: a container of the embedded host has no resource '{path}'.");
    }

    private static ResourceRequest Read(
        string id, ModifySettingRequest request, string resource, Func<string, Container> read, params ChangeType[] types)
    {
        ChangeType type = ModifyDocument.ReadType(id, resource, request.RequestType, types);
        var system = new ComputeSystemDocument { Container = read(ModifyDocument.Require(id, request.Settings)) };
        if (type != ChangeType.Remove)
        {
            ModifyDocument.Refuse(id, ComputeSystemRules.Check(system));
        }

        return new ResourceRequest(resource, type, ComputeSystemTranslation.ToContainerConfig(system));
    }

    private static Container ReadMemory(string settings)
    {
        using JsonDocument json = JsonDocument.Parse(settings);
        return json.RootElement.ValueKind == JsonValueKind.Number && json.RootElement.TryGetUInt64(out ulong size) && size > 0
            ? new Container { Memory = new ContainerMemory { SizeInMB = size } }
            : throw new HcsDocumentException("Settings", "a number of MB was expected");
    }

    private static bool Is(string path, string resource) => resource.Equals(path, StringComparison.OrdinalIgnoreCase);
}
