using System;
using HcsPowerShell.Execution;

namespace HcsPowerShell.Errors;

/// <summary>A process wrote more than is collected for it; it was ended.</summary>
internal sealed class OutputLimitException() : Exception(
    $"it wrote more than {OutputLimit.Most} characters or bytes, which are the most that -PassThru collects, or a job that is not"
    + " received; it was ended.");
