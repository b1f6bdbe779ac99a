using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace HcsPowerShell.Tests.Engine;

/// <summary>
/// A pipeline of a test. One that goes on although it was stopped is left: its disposal would wait for it without a limit.
/// </summary>
public sealed class LimitedShell(Runspace runspace) : IDisposable
{
    public PowerShell Shell { get; } = PowerShell.Create(runspace);

    public void Dispose()
    {
        if (Shell.InvocationStateInfo.State is not (PSInvocationState.Running or PSInvocationState.Stopping))
        {
            Shell.Dispose();
        }
    }
}
