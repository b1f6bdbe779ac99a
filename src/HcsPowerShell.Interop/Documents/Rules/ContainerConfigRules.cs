using System.Collections.Generic;
using System.Linq;

namespace HcsPowerShell.Interop.Documents.Rules;

/// <summary>What a schema 1 container document must satisfy before it is sent.</summary>
public static class ContainerConfigRules
{
    private const int HighestShare = 10000;

    /// <summary>Every problem of the document, in the order of its members.</summary>
    public static IEnumerable<DocumentProblem> Check(ContainerConfig config)
    {
        IEnumerable<DocumentProblem?> problems =
        [
            .. (config.Layers ?? []).Select((layer, i) => Required(layer.Path, $"Layers[{i}].Path")),
            InRange(config.ProcessorWeight > HighestShare, "ProcessorWeight", "1 to 10000, or 0 for the default"),
            InRange(
                config.ProcessorMaximum is < 0 or > HighestShare,
                "ProcessorMaximum",
                "1 to 10000 (percent times 100), or 0 for no limit"),
            InRange(config.MemoryMaximumInMB < 0, "MemoryMaximumInMB", "1 or more, or 0 for no limit"),
            .. (config.MappedDirectories ?? []).SelectMany(Check),
            .. (config.MappedPipes ?? []).SelectMany(Check),
            .. (config.MappedVirtualDisks ?? [])
                .Select((disk, i) => Required(disk.ContainerPath, $"MappedVirtualDisks[{i}].ContainerPath")),
        ];
        return problems.Where(p => p is not null)!;
    }

    private static IEnumerable<DocumentProblem?> Check(MappedDir folder, int index) =>
    [
        Required(folder.HostPath, $"MappedDirectories[{index}].HostPath"),
        Required(folder.ContainerPath, $"MappedDirectories[{index}].ContainerPath"),
    ];

    private static IEnumerable<DocumentProblem?> Check(MappedPipe pipe, int index) =>
    [
        Required(pipe.HostPath, $"MappedPipes[{index}].HostPath"),
        Required(pipe.ContainerPipeName, $"MappedPipes[{index}].ContainerPipeName"),
    ];

    private static DocumentProblem? InRange(bool outside, string path, string range) =>
        outside ? new DocumentProblem(path, $"The value is out of range; valid is {range}.") : null;

    private static DocumentProblem? Required(string? value, string path) =>
        string.IsNullOrEmpty(value) ? new DocumentProblem(path, "The member is required and is not set.") : null;
}
