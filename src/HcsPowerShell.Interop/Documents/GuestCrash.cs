namespace HcsPowerShell.Interop.Documents;

/// <summary>The guest crashed (HCS <c>GuestCrash</c>).</summary>
[SinceSchema(2, 4)]
public sealed class GuestCrash : CompositeDocument
{
    /// <summary>The parameters that the guest reported.</summary>
    public ulong[]? CrashParameters { get; set; }
}
