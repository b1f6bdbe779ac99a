namespace HcsPowerShell.Interop.Documents;

/// <summary>What the guest is told of itself (HCS <c>GuestOs</c>).</summary>
public sealed class GuestOs : HcsDocument
{
    /// <summary>Host name inside the container.</summary>
    public string? HostName { get; set; }
}
