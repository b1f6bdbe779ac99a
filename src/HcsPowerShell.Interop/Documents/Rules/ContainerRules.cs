using System.Collections.Generic;
using System.Linq;

namespace HcsPowerShell.Interop.Documents.Rules;

/// <summary>The rules that the container in a schema 2 document must satisfy.</summary>
internal static class ContainerRules
{
    public static IEnumerable<DocumentProblem?> Check(Container? container, string path) =>
        container is null
            ? []
            :
            [
                .. (container.Storage?.Layers ?? []).SelectMany((layer, i) => Check(layer, $"{path}.Storage.Layers[{i}]")),
                .. (container.MappedDirectories ?? []).SelectMany((folder, i) => Check(folder, $"{path}.MappedDirectories[{i}]")),
                .. (container.MappedPipes ?? []).SelectMany((pipe, i) => Check(pipe, $"{path}.MappedPipes[{i}]")),
                .. MappedPlaceRules.Once((container.MappedDirectories ?? []).Select(
                    (folder, i) => ($"{path}.MappedDirectories[{i}].ContainerPath", folder?.ContainerPath))),
                .. MappedPlaceRules.Once((container.MappedPipes ?? []).Select(
                    (pipe, i) => ($"{path}.MappedPipes[{i}].ContainerPipeName", pipe?.ContainerPipeName))),
                .. Check(container.Processor ?? new ContainerProcessor(), path + ".Processor"),
            ];

    private static IEnumerable<DocumentProblem?> Check(ContainerLayer? layer, string path) =>
    [
        MemberRules.Required(layer?.Path, path + ".Path"),
    ];

    private static IEnumerable<DocumentProblem?> Check(ContainerMappedDirectory? folder, string path) =>
    [
        MemberRules.Required(folder?.HostPath, path + ".HostPath"),
        MemberRules.Required(folder?.ContainerPath, path + ".ContainerPath"),
    ];

    private static IEnumerable<DocumentProblem?> Check(ContainerMappedPipe? pipe, string path) =>
    [
        MemberRules.Required(pipe?.ContainerPipeName, path + ".ContainerPipeName"),
        MemberRules.Required(pipe?.HostPath, path + ".HostPath"),
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
