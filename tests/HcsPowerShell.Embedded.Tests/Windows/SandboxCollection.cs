using Xunit;

namespace HcsPowerShell.Embedded.Tests.Windows;

/// <summary>One at a time and beside nothing else: handles are counted, and processes killed on time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SandboxCollection
{
    internal const string Name = "Sandboxes on Windows";
}
