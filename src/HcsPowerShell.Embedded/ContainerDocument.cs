using System.IO;
using System.Linq;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Rules;

namespace HcsPowerShell.Embedded;

/// <summary>Reads the document of a create call and refuses what HCS would refuse.</summary>
internal static class ContainerDocument
{
    private const string Function = "HcsCreateComputeSystem";

    /// <exception cref="Interop.HcsException">Not valid JSON, a value out of range, or a path that is missing.</exception>
    public static ContainerConfig Read(string id, string document)
    {
        ContainerConfig config;
        try
        {
            config = HcsJson.Read<ContainerConfig>(document);
        }
        catch (HcsDocumentException e)
        {
            throw Refusal.InvalidJson(id, Function, e);
        }

        if (ContainerConfigRules.Check(config).FirstOrDefault() is { } problem)
        {
            throw Refusal.InvalidArgument(id, Function, $"{problem.Path}: {problem.Message}");
        }

        RequirePaths(id, config);
        return config;
    }

    private static void RequirePaths(string id, ContainerConfig config)
    {
        foreach ((string member, string path) in
            (config.Layers ?? []).Select((layer, i) => ($"Layers[{i}].Path", layer.Path!))
            .Concat((config.MappedDirectories ?? [])
                .Select((folder, i) => ($"MappedDirectories[{i}].HostPath", folder.HostPath!))))
        {
            if (!Directory.Exists(path) && !File.Exists(path))
            {
                throw Refusal.PathNotFound(id, Function, member, path);
            }
        }
    }
}
