using System;
using System.Threading;

namespace HcsPowerShell.Interop;

/// <summary>The function of HCS behind each operation, and how long its answer is waited for.</summary>
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

    /// <summary>
    /// The time after which a call fails with <see cref="HResult.OperationTimeout"/> where its caller gives none: 240 s for
    /// what changes the state of a system (as hcsshim), 60 s for a change, a shutdown and a new process, 30 s for an end, an
    /// opening and a question, 10 s for a stream, a console and a close. An exit is waited for without end.
    /// </summary>
    public static TimeSpan DefaultTimeout(this ComputeOperation operation) => operation switch
    {
        ComputeOperation.Create or ComputeOperation.Start or ComputeOperation.Pause or ComputeOperation.Resume =>
            TimeSpan.FromSeconds(240),
        ComputeOperation.Shutdown or ComputeOperation.Modify or ComputeOperation.CreateProcess =>
            TimeSpan.FromSeconds(60),
        ComputeOperation.ResizeConsole or ComputeOperation.Stdio or ComputeOperation.CloseStdin
            or ComputeOperation.Close or ComputeOperation.ProcessClose => TimeSpan.FromSeconds(10),
        ComputeOperation.Wait or ComputeOperation.ProcessWait => Timeout.InfiniteTimeSpan,
        _ => TimeSpan.FromSeconds(30),
    };
}
