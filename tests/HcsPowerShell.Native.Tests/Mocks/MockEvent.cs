namespace HcsPowerShell.Native.Tests.Mocks;

/// <summary>The events, with the numbers that the mock uses.</summary>
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
