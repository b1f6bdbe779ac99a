using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Contracts;

/// <summary>The process to start in a sandbox; validated, with nothing left to interpret.</summary>
internal sealed record ProcessPlan
{
    /// <summary>Absolute path of the executable.</summary>
    public required string Executable { get; init; }

    /// <summary>All arguments, argument 0 first (Unix).</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The command line verbatim (Windows).</summary>
    public required string CommandLine { get; init; }

    /// <summary>Working folder; it exists.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The whole environment of the process; the isolation adds its own marker.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>User the process runs as; null is the default of the sandbox.</summary>
    public string? User { get; init; }

    /// <summary>Console the process gets instead of pipes; null for none.</summary>
    public ConsolePlan? Console { get; init; }

    /// <summary>OCI runtime specification; the isolation applies the parts it supports.</summary>
    public RawJson? Specification { get; init; }

    /// <summary>True for a pipe to standard input; otherwise the process reads an empty stream.</summary>
    public bool StandardInput { get; init; }

    /// <summary>True for a pipe from standard output; otherwise output is discarded.</summary>
    public bool StandardOutput { get; init; }

    /// <summary>True for a pipe from standard error; otherwise it is discarded.</summary>
    public bool StandardError { get; init; }

    /// <summary>
    /// True when an argument or variable holds a zero character; Unix would silently drop the text after it.
    /// </summary>
    public bool HasNullCharacter => Arguments.Any(Zero) || Environment.Any(variable => Zero(variable.Key) || Zero(variable.Value));

    private static bool Zero(string text) => text.IndexOf('\0') >= 0;
}

/// <summary>The console a process starts with; its output stream carries standard error too.</summary>
/// <param name="Width">Columns, not 0.</param>
/// <param name="Height">Rows, not 0.</param>
internal sealed record ConsolePlan(ushort Width, ushort Height);
