using System;
using System.Collections.Generic;
using System.Linq;

namespace HcsPowerShell.Interop.Documents.Rules;

/// <summary>What the container in a schema 2 document must satisfy.</summary>
internal static class ContainerRules
{
    /// <summary>SupportCloudFiles came with Windows 10 2004.</summary>
    private static readonly Version s_cloudFiles = new(2, 3);

    private static readonly string[] s_cacheModes = ["Unspecified", "Disabled", "Enabled", "Private", "PrivateAllowSharing"];

    public static IEnumerable<DocumentProblem?> Check(Container? container, string path, Version version) =>
        container is null
            ? []
            :
            [
                .. (container.Storage?.Layers ?? []).SelectMany((layer, i) => Check(layer, $"{path}.Storage.Layers[{i}]")),
                .. (container.MappedDirectories ?? [])
                    .SelectMany((folder, i) => Check(folder, $"{path}.MappedDirectories[{i}]", version)),
                .. (container.MappedPipes ?? []).SelectMany((pipe, i) => Check(pipe, $"{path}.MappedPipes[{i}]")),
                .. Check(container.Processor ?? new ContainerProcessor(), path + ".Processor"),
            ];

    private static IEnumerable<DocumentProblem?> Check(ContainerLayer? layer, string path) =>
    [
        MemberRules.Required(layer?.Path, path + ".Path"),
        MemberRules.OneOf(layer?.PathType, path + ".PathType", "AbsolutePath", "VirtualSmbShareName"),
        MemberRules.OneOf(layer?.Cache, path + ".Cache", s_cacheModes),
    ];

    private static IEnumerable<DocumentProblem?> Check(ContainerMappedDirectory? folder, string path, Version version) =>
    [
        MemberRules.Required(folder?.HostPath, path + ".HostPath"),
        MemberRules.Required(folder?.ContainerPath, path + ".ContainerPath"),
        MemberRules.OneOf(folder?.HostPathType, path + ".HostPathType", "AbsolutePath", "VirtualSmbShareName"),
        folder?.SupportCloudFiles == true && version < s_cloudFiles
            ? new DocumentProblem(path + ".SupportCloudFiles", $"Schema {version} does not have it; {s_cloudFiles} does.")
            : null,
    ];

    private static IEnumerable<DocumentProblem?> Check(ContainerMappedPipe? pipe, string path) =>
    [
        MemberRules.Required(pipe?.ContainerPipeName, path + ".ContainerPipeName"),
        MemberRules.Required(pipe?.HostPath, path + ".HostPath"),
        MemberRules.OneOf(pipe?.HostPathType, path + ".HostPathType", "AbsolutePath", "VirtualSmbPipeName"),
    ];

    private static IEnumerable<DocumentProblem?> Check(ContainerProcessor processor, string path) =>
    [
        new[] { processor.Count, processor.Weight, processor.Maximum }.Count(n => n != 0) > 1
            ? new DocumentProblem(path, "At most one of Count, Weight and Maximum can be set.")
            : null,
        MemberRules.Weight(processor.Weight, path + ".Weight"),
        MemberRules.Share(processor.Maximum, path + ".Maximum"),
    ];
}
