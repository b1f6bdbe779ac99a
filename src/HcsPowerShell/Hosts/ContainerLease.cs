using System;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Hosts;

/// <summary>A container handle for the duration of one command, unless the command keeps it.</summary>
internal sealed class ContainerLease : IDisposable
{
    private TrackedContainer? _kept;

    /// <summary>Lends a handle that this process already keeps.</summary>
    public ContainerLease(TrackedContainer kept)
    {
        _kept = kept;
        Container = kept.Handle;
    }

    /// <summary>Lends a separate handle, which closes with the lease.</summary>
    public ContainerLease(IContainer own) => Container = own;

    public IContainer Container { get; }

    /// <summary>Keeps the handle until the container exits.</summary>
    public TrackedContainer Keep(HandleTable handles) => _kept ??= handles.Add(Container);

    public void Dispose()
    {
        if (_kept is null)
        {
            Container.Close();
        }
    }
}
