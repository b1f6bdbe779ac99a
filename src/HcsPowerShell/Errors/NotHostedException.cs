using System;

namespace HcsPowerShell.Errors;

/// <summary>A system that no virtual machine hosts, for what is to be done in the one that does.</summary>
/// <param name="reason">The reason, as the end of a sentence.</param>
internal sealed class NotHostedException(string reason)
    : Exception(reason);
