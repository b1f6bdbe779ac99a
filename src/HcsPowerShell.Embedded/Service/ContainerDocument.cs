using System.IO;
using System.Linq;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Rules;
using HcsPowerShell.Interop.Documents.Translation;
using ComputeSystemDocument = HcsPowerShell.Interop.Documents.ComputeSystem;

namespace HcsPowerShell.Embedded.Service;

/// <summary>The parsed document of a create call; a document HCS would refuse is refused.</summary>
/// <param name="Config">The configuration in the document.</param>
/// <param name="IsSchema2">True when the document and the requests that change the system are in schema 2.</param>
internal sealed record ContainerDocument(ContainerConfig Config, bool IsSchema2)
{
    /// <summary>The newest minor version of schema 2 whose container members are known here.</summary>
    public const int NewestMinor = 6;

    private const string Function = "HcsCreateComputeSystem";

    /// <exception cref="HcsException">
    /// The document is not valid JSON, has another schema, describes a virtual machine, has a value out of range, or
    /// names a missing path.
    /// </exception>
    public static ContainerDocument Read(string id, string document, SchemaVersion version)
    {
        try
        {
            return version switch
            {
                { Major: 1 } => new ContainerDocument(ReadConfig(id, document), IsSchema2: false),
                { Major: 2, Minor: <= NewestMinor } => new ContainerDocument(ReadSystem(id, document), IsSchema2: true),
                _ => throw Refusal.NotSupported(
                    id, Function, $"SchemaVersion: the embedded host takes 1.0 and 2.0 to 2.{NewestMinor}."),
            };
        }
        catch (HcsDocumentException e)
        {
            throw Refusal.InvalidJson(id, Function, e);
        }
    }

    private static ContainerConfig ReadConfig(string id, string document)
    {
        ContainerConfig config = HcsJson.Read<ContainerConfig>(document);
        Refuse(id, ContainerConfigRules.Check(config).FirstOrDefault());
        RequirePaths(id, config, nameof(config.Layers), nameof(config.MappedDirectories));
        return config;
    }

    private static ContainerConfig ReadSystem(string id, string document)
    {
        ComputeSystemDocument system = HcsJson.Read<ComputeSystemDocument>(document);
        Refuse(id, ComputeSystemRules.Check(system).FirstOrDefault());
        RefuseVirtualMachine(id, system);
        ContainerConfig config = ComputeSystemTranslation.ToContainerConfig(system);

        // A namespace holds endpoints, and the list of endpoints may name one.
        config.EndpointList = system.Container?.Networking?.Namespace is { Length: > 0 } space ? [space] : null;
        RequirePaths(id, config, "Container.Storage.Layers", "Container.MappedDirectories");
        return config;
    }

    private static void RefuseVirtualMachine(string id, ComputeSystemDocument system)
    {
        string? member = system.VirtualMachine is not null ? nameof(system.VirtualMachine)
            : system.HostedSystem is not null ? nameof(system.HostedSystem)
            : !string.IsNullOrEmpty(system.HostingSystemId) ? nameof(system.HostingSystemId)
            : null;
        if (member is not null)
        {
            throw Refusal.NotSupported(
                id, Function, $"{member}: the embedded host has no virtual machines, and no containers in them.");
        }
    }

    private static void Refuse(string id, DocumentProblem? problem)
    {
        if (problem is not null)
        {
            throw Refusal.InvalidArgument(id, Function, $"{problem.Path}: {problem.Message}");
        }
    }

    private static void RequirePaths(string id, ContainerConfig config, string layers, string directories)
    {
        foreach ((string member, string path) in
            (config.Layers ?? []).Select((layer, i) => ($"{layers}[{i}].Path", layer.Path!))
            .Concat((config.MappedDirectories ?? [])
                .Select((folder, i) => ($"{directories}[{i}].HostPath", folder.HostPath!))))
        {
            if (!Directory.Exists(path) && !File.Exists(path))
            {
                throw Refusal.PathNotFound(id, Function, member, path);
            }
        }
    }
}
