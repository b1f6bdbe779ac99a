namespace HcsPowerShell.Interop.Documents;

/// <summary>One thing wrong with a document.</summary>
/// <param name="Path">Path of the member in the document, such as <c>MappedDirectories[0].HostPath</c>.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record DocumentProblem(string Path, string Message);
