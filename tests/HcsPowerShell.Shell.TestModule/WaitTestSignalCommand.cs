using System;
using System.Management.Automation;
using System.Threading;

namespace HcsPowerShell.Shell.TestModule;

/// <summary>Waits for what never comes until it is stopped, as a command that waits for a container does.</summary>
[Cmdlet(VerbsLifecycle.Wait, "TestSignal")]
public sealed class WaitTestSignalCommand : PSCmdlet, IDisposable
{
    private readonly ManualResetEventSlim _stopped = new();

    public void Dispose() => _stopped.Dispose();

    protected override void ProcessRecord()
    {
        WriteObject("waiting");
        _stopped.Wait();
    }

    protected override void StopProcessing() => _stopped.Set();
}
