using System;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Hosts;

/// <summary>A container handle for the length of one command.</summary>
internal sealed class ContainerLease(IContainer container, bool owned) : IDisposable
{
    public IContainer Container { get; } = container;

    public void Dispose()
    {
        if (owned)
        {
            Container.Close();
        }
    }
}
