using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Completion;

/// <summary>Completes the names of containers where a pattern is taken.</summary>
public sealed class NamePatternCompleter : ListedValueCompleter
{
    private protected override string? ValueOf(ContainerProperties container) => container.Name;

    private protected override string Write(string value) => IdPattern.Escape(value);
}
