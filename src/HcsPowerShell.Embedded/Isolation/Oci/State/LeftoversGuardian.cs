using System;
using HcsPowerShell.Embedded.Isolation.Unix;
using HcsPowerShell.Embedded.Native.Unix;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Isolation.Oci.State;

/// <summary>A small process that outlives this one and then removes its containers, however this one ended.</summary>
/// <remarks>It waits for the end of a pipe only this process holds, which the kernel closes whatever happens.</remarks>
internal sealed class LeftoversGuardian(HostFolder folder, string runc) : IDisposable
{
    private ChildProcess? _process;
    private FileDescriptor? _pipe;

    /// <summary>Process id, once started.</summary>
    public int? ProcessId => _process?.Key.ProcessId;

    /// <summary>To be called before something is made that could be left; for one thread at a time.</summary>
    /// <exception cref="HcsException">The system refuses.</exception>
    public void EnsureRunning()
    {
        if (_process is { IsAlive: true })
        {
            return;
        }

        _pipe?.Dispose();
        using Pipe pipe = Pipe.Create(childReads: true);
        _process = Leftovers.Begin(folder.Path, folder.Host, runc, pipe.Childs);
        _pipe = pipe.TakeOurs();
    }

    /// <summary>Lets the guardian do its work and go.</summary>
    public void Dispose() => _pipe?.Dispose();
}
