namespace HcsPowerShell.Interop.Documents;

/// <summary>The settings of the guest (HCS <c>GuestOs</c>).</summary>
public sealed class GuestOs : HcsDocument
{
    /// <summary>Host name inside the container.</summary>
    public string? HostName { get; set; }
}
