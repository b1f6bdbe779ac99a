using System;
using System.Threading;

namespace HcsPowerShell.Interop;

/// <summary>The function of HCS behind each operation, the event that tells of it, and how long its answer is waited for.</summary>
public static class ComputeOperations
{
    /// <summary>The function of HCS, or the notification, as errors name it.</summary>
    public static string Function(this ComputeOperation operation) => operation switch
    {
        ComputeOperation.Create => "HcsCreateComputeSystem",
        ComputeOperation.Open => "HcsOpenComputeSystem",
        ComputeOperation.Enumerate => "HcsEnumerateComputeSystems",
        ComputeOperation.ServiceProperties => "HcsGetServiceProperties",
        ComputeOperation.Start => "HcsStartComputeSystem",
        ComputeOperation.Shutdown => "HcsShutDownComputeSystem",
        ComputeOperation.Terminate => "HcsTerminateComputeSystem",
        ComputeOperation.Wait => "SystemExited",
        ComputeOperation.Pause => "HcsPauseComputeSystem",
        ComputeOperation.Resume => "HcsResumeComputeSystem",
        ComputeOperation.CreateProcess => "HcsCreateProcess",
        ComputeOperation.OpenProcess => "HcsOpenProcess",
        ComputeOperation.Modify => "HcsModifyComputeSystem",
        ComputeOperation.Close => "HcsCloseComputeSystem",
        ComputeOperation.ProcessWait => "ProcessExited",
        ComputeOperation.Kill => "HcsTerminateProcess",
        ComputeOperation.ResizeConsole or ComputeOperation.CloseStdin => "HcsModifyProcess",
        ComputeOperation.Stdio => "HcsGetProcessInfo",
        ComputeOperation.ProcessClose => "HcsCloseProcess",
        _ => "HcsGetComputeSystemProperties",
    };

    /// <summary>The event that tells of it; null where none does.</summary>
    internal static ComputeSystemEventType? Event(this ComputeOperation operation) => operation switch
    {
        ComputeOperation.Start => ComputeSystemEventType.SystemStarted,
        ComputeOperation.Wait => ComputeSystemEventType.SystemExited,
        ComputeOperation.Pause => ComputeSystemEventType.SystemPaused,
        ComputeOperation.Resume => ComputeSystemEventType.SystemResumed,
        ComputeOperation.CreateProcess => ComputeSystemEventType.ProcessStarted,
        ComputeOperation.ProcessWait => ComputeSystemEventType.ProcessExited,
        _ => null,
    };

    /// <summary>
    /// The time after which a call fails with <see cref="HResult.OperationTimeout"/> where its caller gives none: 240 s for
    /// what changes the state of a system (as hcsshim), 60 s for a change and a shutdown, 30 s for its end, 10 s for a close, 4 s
    /// for all else: a question, an opening, a process and its streams. An exit is waited for without end.
    /// </summary>
    public static TimeSpan DefaultTimeout(this ComputeOperation operation) => operation switch
    {
        ComputeOperation.Create or ComputeOperation.Start or ComputeOperation.Pause or ComputeOperation.Resume =>
            TimeSpan.FromSeconds(240),
        ComputeOperation.Shutdown or ComputeOperation.Modify => TimeSpan.FromSeconds(60),
        ComputeOperation.Terminate => TimeSpan.FromSeconds(30),
        ComputeOperation.Close or ComputeOperation.ProcessClose => TimeSpan.FromSeconds(10),
        ComputeOperation.Wait or ComputeOperation.ProcessWait => Timeout.InfiniteTimeSpan,
        _ => TimeSpan.FromSeconds(4),
    };
}
