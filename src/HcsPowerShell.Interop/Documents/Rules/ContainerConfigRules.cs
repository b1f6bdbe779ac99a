using System.Collections.Generic;
using System.Linq;

namespace HcsPowerShell.Interop.Documents.Rules;

/// <summary>The rules that a schema 1 container document must satisfy before it is sent.</summary>
public static class ContainerConfigRules
{
    /// <summary>Returns every problem of the document, in the order of its members.</summary>
    public static IEnumerable<DocumentProblem> Check(ContainerConfig config)
    {
        IEnumerable<DocumentProblem?> problems =
        [
            MemberRules.OneOf(config.SystemType, "SystemType", ContainerConfig.OnlySystemType),
            Id(config.Name),
            .. (config.Layers ?? []).Select((layer, i) => MemberRules.Required(layer?.Path, $"Layers[{i}].Path")),
            MemberRules.Weight(config.ProcessorWeight, "ProcessorWeight"),
            MemberRules.Share(config.ProcessorMaximum, "ProcessorMaximum"),
            MemberRules.NotNegative(config.MemoryMaximumInMB, "MemoryMaximumInMB"),
            .. (config.MappedDirectories ?? []).SelectMany(Check),
            .. (config.MappedPipes ?? []).SelectMany(Check),
            .. (config.MappedVirtualDisks ?? []).SelectMany(Check),
            .. MappedPlaceRules.Once(
            [
                .. (config.MappedDirectories ?? []).Select(
                    (folder, i) => ($"MappedDirectories[{i}].ContainerPath", folder?.ContainerPath)),
                .. (config.MappedVirtualDisks ?? []).Select(
                    (disk, i) => ($"MappedVirtualDisks[{i}].ContainerPath", disk?.ContainerPath)),
            ]),
            .. MappedPlaceRules.Once((config.MappedPipes ?? []).Select(
                (pipe, i) => ($"MappedPipes[{i}].ContainerPipeName", pipe?.ContainerPipeName))),
            MemberRules.OneOf(config.ContainerType, "ContainerType", "Linux", "Windows"),
            .. TextRules.Check(config),
        ];
        return problems.Where(p => p is not null)!;
    }

    /// <summary>
    /// Returns the problem of a document that sets no member. Such a document can only be a mistake, unless the caller
    /// names the container in another way.
    /// </summary>
    internal static DocumentProblem? Empty(ContainerConfig config) =>
        !DocumentMembers.Set(config).Any() && config.UnknownMembers is not { Count: > 0 }
            ? new DocumentProblem("$", "The document is empty; it needs a Name at least.")
            : null;

    /// <summary>
    /// Checks the name. It is the id unless another id is given; without either, the id is generated.
    /// </summary>
    private static DocumentProblem? Id(string? name) =>
        !string.IsNullOrEmpty(name) && ContainerId.Problem(name!) is { } problem ? new DocumentProblem("Name", problem) : null;

    private static IEnumerable<DocumentProblem?> Check(MappedDir? folder, int index) =>
    [
        MemberRules.Required(folder?.HostPath, $"MappedDirectories[{index}].HostPath"),
        MemberRules.Required(folder?.ContainerPath, $"MappedDirectories[{index}].ContainerPath"),
    ];

    private static IEnumerable<DocumentProblem?> Check(MappedPipe? pipe, int index) =>
    [
        MemberRules.Required(pipe?.HostPath, $"MappedPipes[{index}].HostPath"),
        MemberRules.Required(pipe?.ContainerPipeName, $"MappedPipes[{index}].ContainerPipeName"),
    ];

    private static IEnumerable<DocumentProblem?> Check(MappedVirtualDisk? disk, int index) =>
    [
        MemberRules.Required(disk?.ContainerPath, $"MappedVirtualDisks[{index}].ContainerPath"),
        MemberRules.OneOf(
            disk?.Cache, $"MappedVirtualDisks[{index}].Cache", "Disabled", "Enabled", "Private", "PrivateAllowSharing"),
    ];
}
