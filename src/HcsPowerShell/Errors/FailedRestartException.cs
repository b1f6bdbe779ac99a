using System;

namespace HcsPowerShell.Errors;

/// <summary>
/// Thrown when a container was stopped to be restarted and cannot be created again. The user needs the document then.
/// </summary>
/// <param name="cause">The failure.</param>
/// <param name="document">The document, with its secrets masked.</param>
internal sealed class FailedRestartException(Exception cause, string document) : Exception(cause.Message, cause)
{
    /// <summary>The document, with its secrets masked.</summary>
    public string Document { get; } = document;
}
