using System;

namespace HcsPowerShell.Errors;

/// <summary>A process wrote more output than is collected for it, and was ended.</summary>
/// <param name="most">The limit, in characters or bytes.</param>
internal sealed class OutputLimitException(long most) : Exception(
    $"it wrote more than {most} characters or bytes, which are the most that -PassThru collects, or a job that is not"
    + " received; it was ended.");
