using System;

namespace HcsPowerShell.Errors;

/// <summary>The run of a process failed; this exception carries the output that was collected before.</summary>
internal sealed class FailedRunException(Exception cause, HcsProcessResult result) : Exception(cause.Message, cause)
{
    /// <summary>The output that was collected before the failure.</summary>
    public HcsProcessResult Result => result;
}
