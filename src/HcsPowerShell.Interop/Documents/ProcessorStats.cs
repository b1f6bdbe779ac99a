namespace HcsPowerShell.Interop.Documents;

/// <summary>
/// Accumulated processor time over all processors, in units of 100 ns (hcsshim <c>ProcessorStats</c>).
/// </summary>
public sealed class ProcessorStats : HcsDocument
{
    /// <summary>User and kernel time together.</summary>
    public ulong? TotalRuntime100ns { get; set; }

    /// <summary>Time in user mode.</summary>
    public ulong? RuntimeUser100ns { get; set; }

    /// <summary>Time in kernel mode.</summary>
    public ulong? RuntimeKernel100ns { get; set; }
}
