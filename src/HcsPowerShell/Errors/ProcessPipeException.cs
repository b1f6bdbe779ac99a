using System;

namespace HcsPowerShell.Errors;

/// <summary>A process has no pipe to write to or to read from.</summary>
internal sealed class ProcessPipeException(string message, string advice) : Exception(message)
{
    /// <summary>The advice for the user.</summary>
    public string Advice { get; } = advice;
}
