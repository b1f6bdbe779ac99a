namespace HcsPowerShell.Native.Tests.Mocks;

/// <summary>The kinds of objects that a mock counts.</summary>
public enum MockKind
{
    System,
    Process,
    Operation,
    Callback,
    String,
}
