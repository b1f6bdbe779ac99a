using System;

namespace HcsPowerShell.Errors;

/// <summary>A command failed on another computer.</summary>
/// <param name="message">The message, which names the host.</param>
/// <param name="cause">The exception, as the engine received it.</param>
internal sealed class RemoteHostException(string message, Exception cause) : Exception(message, cause);
