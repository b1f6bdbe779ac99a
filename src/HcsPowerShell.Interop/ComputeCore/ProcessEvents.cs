using HcsPowerShell.Interop.Lifecycle;
using HcsPowerShell.Interop.Native;
using static HcsPowerShell.Interop.Native.ComputeCore;

namespace HcsPowerShell.Interop.ComputeCore;

/// <summary>Writes the events of a process handle into its state.</summary>
internal sealed class ProcessEvents(ProcessSignals state) : IEventTarget
{
    public bool Wants(HCS_EVENT_TYPE type) => type
        is HCS_EVENT_TYPE.HcsEventProcessExited or HCS_EVENT_TYPE.HcsEventServiceDisconnect;

    public void OnEvent(HCS_EVENT_TYPE type, string? document)
    {
        if (type == HCS_EVENT_TYPE.HcsEventProcessExited)
        {
            state.System.Post(() => state.SignalExitAsync(hresult: 0, document).Forget());
        }
        else
        {
            state.Disconnect();
        }
    }

    public void OnClosed() => state.Close();
}
