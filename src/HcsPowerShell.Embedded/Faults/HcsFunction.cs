using HcsPowerShell.Interop.Faults;

namespace HcsPowerShell.Embedded.Faults;

/// <summary>The function of HCS behind an operation, as its errors name it.</summary>
internal static class HcsFunction
{
    public static string Of(FaultOperation operation) => operation switch
    {
        FaultOperation.Create => "HcsCreateComputeSystem",
        FaultOperation.Open => "HcsOpenComputeSystem",
        FaultOperation.Enumerate => "HcsEnumerateComputeSystems",
        FaultOperation.ServiceProperties => "HcsGetServiceProperties",
        FaultOperation.Start => "HcsStartComputeSystem",
        FaultOperation.Shutdown => "HcsShutDownComputeSystem",
        FaultOperation.Terminate => "HcsTerminateComputeSystem",
        FaultOperation.Wait => "SystemExited",
        FaultOperation.Pause => "HcsPauseComputeSystem",
        FaultOperation.Resume => "HcsResumeComputeSystem",
        FaultOperation.CreateProcess => "HcsCreateProcess",
        FaultOperation.OpenProcess => "HcsOpenProcess",
        FaultOperation.Modify => "HcsModifyComputeSystem",
        FaultOperation.Close => "HcsCloseComputeSystem",
        FaultOperation.ProcessWait => "ProcessExited",
        FaultOperation.Kill => "HcsTerminateProcess",
        FaultOperation.ResizeConsole or FaultOperation.CloseStdin => "HcsModifyProcess",
        FaultOperation.Stdio => "HcsGetProcessInfo",
        FaultOperation.ProcessClose => "HcsCloseProcess",
        _ => "HcsGetComputeSystemProperties",
    };
}
