using System;

namespace HcsPowerShell.Errors;

/// <summary>A container without a virtual machine, for what only virtual machines can.</summary>
internal sealed class NotAMachineException()
    : Exception("it shares the kernel of its host; only virtual machines can do that, and containers with Hyper-V isolation.");
