using Xunit;

namespace HcsPowerShell.Embedded.Tests.Windows;

/// <summary>
/// Tests that run one at a time and alone, because they count handles and kill processes at certain times.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SandboxCollection
{
    internal const string Name = "Sandboxes on Windows";
}
