using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Completion;

/// <summary>Completes the owners that containers have.</summary>
public sealed class OwnerCompleter : ListedValueCompleter
{
    private protected override string? ValueOf(ContainerProperties container) => container.Owner;
}
