namespace HcsPowerShell.Interop.Documents;

/// <summary>One problem of a document.</summary>
/// <param name="Path">Path of the member in the document, such as <c>MappedDirectories[0].HostPath</c>.</param>
/// <param name="Message">States what is wrong and what would be right.</param>
public sealed record DocumentProblem(string Path, string Message);
