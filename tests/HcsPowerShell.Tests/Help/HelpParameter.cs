using System.Collections.Generic;

namespace HcsPowerShell.Tests.Help;

/// <summary>A parameter as help describes it.</summary>
internal sealed record HelpParameter(
    string Name,
    string Description,
    string Type,
    string DefaultValue,
    bool SupportsWildcards,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<string> AcceptedValues,
    IReadOnlyList<HelpParameterUse> Uses);

/// <summary>The use of a parameter in one parameter set, or in all of them.</summary>
internal sealed record HelpParameterUse(
    string Set, string Position, bool IsRequired, bool FromPipeline, bool FromPipelineByPropertyName);
