namespace HcsPowerShell.Native.Tests.Mocks;

/// <summary>What a mock counts.</summary>
public enum MockKind
{
    System,
    Process,
    Operation,
    Callback,
    String,
}
