using System;
using System.Collections.Generic;
using System.Linq;

namespace HcsPowerShell.Tests.Engine;

/// <summary>The result of a PowerShell run: the exit code, the lines of standard output, and standard error.</summary>
public sealed record PwshResult(int ExitCode, IReadOnlyList<string> Output, string Error)
{
    /// <summary>Both streams as one text.</summary>
    public string All => string.Join('\n', [.. Output, Error]);

    /// <summary>The lines that are not blank, from <c>== NAME</c> to the next such line or the end.</summary>
    public IReadOnlyList<string> Section(string name) =>
    [
        .. Output.SkipWhile(line => line != "== " + name).Skip(1)
            .TakeWhile(line => !line.StartsWith("== ", StringComparison.Ordinal))
            .Where(line => line.Trim().Length > 0)
            .Select(line => line.TrimEnd()),
    ];

    public void Deconstruct(out IReadOnlyList<string> output, out string error) => (output, error) = (Output, Error);
}
