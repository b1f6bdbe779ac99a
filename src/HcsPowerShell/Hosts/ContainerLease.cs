using System;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Hosts;

/// <summary>A container handle for the length of one command, unless that command keeps it.</summary>
internal sealed class ContainerLease : IDisposable
{
    private TrackedContainer? _kept;

    /// <summary>Lends a handle that is kept already.</summary>
    public ContainerLease(TrackedContainer kept)
    {
        _kept = kept;
        Container = kept.Handle;
    }

    /// <summary>Lends a handle of its own.</summary>
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
