using System.Collections.Generic;

namespace HcsPowerShell.Tests.Engine;

/// <summary>The result of a PowerShell run: the exit code, the lines of standard output, and standard error.</summary>
public sealed record PwshResult(int ExitCode, IReadOnlyList<string> Output, string Error)
{
    /// <summary>Both streams as one text.</summary>
    public string All => string.Join('\n', [.. Output, Error]);

    public void Deconstruct(out IReadOnlyList<string> output, out string error) => (output, error) = (Output, Error);
}
