using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Completion;

/// <summary>Completes the owners that containers have.</summary>
public sealed class OwnerCompleter : ListedValueCompleter
{
    private protected override string? ValueOf(ContainerProperties container) => container.Owner;
}

/// <summary>Completes container owners for a parameter that takes patterns.</summary>
public sealed class OwnerPatternCompleter : ListedValueCompleter
{
    private protected override string? ValueOf(ContainerProperties container) => container.Owner;

    private protected override string Write(string value) => IdPattern.Escape(value);
}
