namespace HcsPowerShell.Native.Tests.Mocks;

/// <summary>Events by the numbers of the mock itself.</summary>
public enum MockEvent
{
    Created,
    Started,
    Paused,
    Resumed,
    SystemExited,
    ProcessExited,
    Disconnected,
}
