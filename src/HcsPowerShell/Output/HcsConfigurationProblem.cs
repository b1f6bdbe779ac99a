using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell;

/// <summary>One thing wrong with a configuration.</summary>
public sealed class HcsConfigurationProblem
{
    internal HcsConfigurationProblem(string? file, DocumentProblem problem)
    {
        File = file;
        Path = problem.Path;
        Message = problem.Message;
    }

    /// <summary>The file the configuration is in; null when it was given as a value.</summary>
    public string? File { get; }

    /// <summary>The member, as in <c>MappedDirectories[0].HostPath</c>; <c>$</c> is the whole document.</summary>
    public string Path { get; }

    /// <summary>What is wrong and what would be right.</summary>
    public string Message { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Message}";
}
