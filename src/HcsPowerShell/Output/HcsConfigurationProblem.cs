using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell;

/// <summary>A problem of a configuration.</summary>
public sealed class HcsConfigurationProblem
{
    internal HcsConfigurationProblem(string? file, DocumentProblem problem, bool isWarning)
    {
        File = file;
        Severity = isWarning ? "Warning" : "Error";
        Path = problem.Path;
        Message = problem.Message;
    }

    /// <summary>The file of the configuration; null when the configuration was given as a value.</summary>
    public string? File { get; }

    /// <summary>
    /// Error for what the creation of a container refuses; Warning for a member that is sent although the document does
    /// not have it.
    /// </summary>
    public string Severity { get; }

    /// <summary>The member, as in <c>MappedDirectories[0].HostPath</c>; <c>$</c> is the whole document.</summary>
    public string Path { get; }

    /// <summary>The problem, and the correct form.</summary>
    public string Message { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Message}";
}
