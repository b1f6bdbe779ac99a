using Xunit;

namespace HcsPowerShell.Embedded.Tests;

/// <summary>Tests that count what the whole process holds: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class CountedCollection
{
    public const string Name = "Counted";
}
