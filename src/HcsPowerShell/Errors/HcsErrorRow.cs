using System.Management.Automation;

namespace HcsPowerShell.Errors;

/// <summary>What an error is called, how PowerShell files it, what it means and what to check.</summary>
internal sealed record HcsErrorRow(string Id, ErrorCategory Category, string Sentence, string Advice);
