using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace HcsPowerShell.Tests.Engine;

/// <summary>
/// A pipeline of a test. A pipeline that goes on after a stop is not disposed, because that would wait for it without a
/// limit.
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
