namespace HcsPowerShell.Embedded.Isolation;

/// <summary>Chooses the isolation an embedded host uses on this machine.</summary>
internal static class IsolationChoice
{
    public static IIsolation Best() => throw new System.NotImplementedException();
}
