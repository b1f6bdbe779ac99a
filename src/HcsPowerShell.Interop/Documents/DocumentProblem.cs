namespace HcsPowerShell.Interop.Documents;

/// <summary>One problem of a document.</summary>
/// <param name="Path">Path of the member in the document, such as <c>MappedDirectories[0].HostPath</c>.</param>
/// <param name="Message">States what is wrong and what would be right.</param>
public sealed record DocumentProblem(string Path, string Message)
{
    /// <summary>
    /// True for a member that is sent as it is although the document does not have it: the service may know it.
    /// </summary>
    internal bool IsSent { get; init; }
}
