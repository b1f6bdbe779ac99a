using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Xunit;
using Xunit.Sdk;

namespace HcsPowerShell.Tests.Engine;

/// <summary>The output of a script to each stream.</summary>
public sealed record ScriptResult(
    IReadOnlyList<PSObject> Output,
    IReadOnlyList<ErrorRecord> Errors,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Verbose,
    IReadOnlyList<ProgressRecord> Progress)
{
    public ScriptResult RequireNoErrors() =>
        Errors.Count == 0
            ? this
            : throw new XunitException(string.Join("\n", Errors.Select(e => $"{e.FullyQualifiedErrorId}: {e}")));

    /// <summary>Requires exactly one error with this id (without the name of the command) and category.</summary>
    public ErrorRecord RequireError(string id, ErrorCategory category)
    {
        ErrorRecord error = Assert.Single(Errors);
        Assert.Equal(id, error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(category, error.CategoryInfo.Category);
        return error;
    }
}
