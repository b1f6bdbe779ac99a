namespace HcsPowerShell.Interop.Documents;

/// <summary>How a virtual machine is made to crash (HCS <c>CrashOptions</c>).</summary>
public sealed class CrashOptions : HcsDocument
{
    /// <summary>CrashGuest: by an interrupt that the operating system of the guest does not survive.</summary>
    public string? Type { get; set; }
}
