using System;
using System.Collections.Generic;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Isolation.Unix;

/// <summary>Isolation <c>Process</c> on Linux: ordinary child processes, no rights needed, nothing enforced.</summary>
internal sealed class UnixProcessIsolation : IIsolation
{
    private readonly object _gate = new();
    private readonly HashSet<UnixSandbox> _sandboxes = [];
    private readonly string _markerPrefix = Marker.Prefix(Guid.NewGuid().ToString("N"));
    private readonly bool _usePidfd;
    private readonly Guardian _guardian;
    private bool _isDisposed;

    public UnixProcessIsolation()
        : this(usePidfd: true)
    {
    }

    /// <param name="usePidfd">False waits as on a kernel (before 5.3) without pidfd.</param>
    public UnixProcessIsolation(bool usePidfd)
    {
        _usePidfd = usePidfd;
        _guardian = new Guardian(_markerPrefix, usePidfd);
    }

    public string Name => "Process";

    public IReadOnlyList<string> UnenforcedContainerMembers => ProcessIsolationLimits.ContainerMembers;

    public IReadOnlyList<string> UnenforcedProcessMembers => ProcessIsolationLimits.ProcessMembers;

    public IReadOnlyList<string> UnenforcedResources => ProcessIsolationLimits.Resources;

    /// <summary>Process id of the guardian, once there is one.</summary>
    public int? GuardianProcessId => _guardian.ProcessId;

    public ISandbox CreateSandbox(string id, ContainerConfig config)
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                throw new ObjectDisposedException(nameof(UnixProcessIsolation));
            }

            UnixSandbox sandbox = new(id, _markerPrefix, _guardian, _usePidfd, Forget);
            _sandboxes.Add(sandbox);
            return sandbox;
        }
    }

    /// <exception cref="HcsException">A process withstands SIGKILL; the others have been killed all the same.</exception>
    public void Dispose()
    {
        List<UnixSandbox> left;
        lock (_gate)
        {
            _isDisposed = true;
            left = [.. _sandboxes];
        }

        HcsException? failure = null;
        foreach (UnixSandbox sandbox in left)
        {
            try
            {
                sandbox.Dispose();
            }
            catch (HcsException e)
            {
                failure = e;
            }
        }

        _guardian.Dispose();
        if (failure is not null)
        {
            throw failure;
        }
    }

    private void Forget(UnixSandbox sandbox)
    {
        lock (_gate)
        {
            _sandboxes.Remove(sandbox);
        }
    }
}
