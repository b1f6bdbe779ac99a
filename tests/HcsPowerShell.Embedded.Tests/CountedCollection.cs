using Xunit;

namespace HcsPowerShell.Embedded.Tests;

/// <summary>Tests that count the resources of the whole process, and therefore run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class CountedCollection
{
    public const string Name = "Counted";
}
