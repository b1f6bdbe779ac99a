namespace HcsPowerShell.Interop;

/// <summary>
/// The events that a service reports, by the names that both HCS libraries share; their numbers differ.
/// </summary>
public enum ComputeSystemEventType
{
    /// <summary>The system has exited.</summary>
    SystemExited,

    /// <summary>The system has started.</summary>
    SystemStarted,

    /// <summary>The system has been paused.</summary>
    SystemPaused,

    /// <summary>The system has been resumed.</summary>
    SystemResumed,

    /// <summary>The guest is about to crash.</summary>
    SystemCrashInitiated,

    /// <summary>The guest has crashed and left a report.</summary>
    SystemCrashReport,

    /// <summary>The connection to the guest has been closed.</summary>
    SystemGuestConnectionClosed,

    /// <summary>A process has started.</summary>
    ProcessStarted,

    /// <summary>A process has exited.</summary>
    ProcessExited,

    /// <summary>The service has disconnected; no handle can be used any more.</summary>
    ServiceDisconnect,
}
