using System;
using System.Collections.Generic;
using Xunit.v3;

namespace HcsPowerShell.Contract;

/// <summary>
/// Puts tests into the wide stage, which <c>tests/run</c> runs after <c>dotnet test</c>: those that need real containers
/// of runc, and those that take minutes. The classes that derive from such a class belong to it too.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class WideStageAttribute : Attribute, ITraitAttribute
{
    // The names are those of the filters in tests/Directory.Build.targets.
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Stage", "Wide")];
}
