using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Completion;

/// <summary>Completes container names for a parameter that takes patterns.</summary>
public sealed class NamePatternCompleter : ListedValueCompleter
{
    private protected override string? ValueOf(ContainerProperties container) => container.Name;

    private protected override string Write(string value) => IdPattern.Escape(value);
}
