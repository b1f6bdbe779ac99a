using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.ProcessIsolation;

/// <summary>
/// Isolation <c>Process</c> on Linux: ordinary child processes. It needs no rights and enforces nothing.
/// </summary>
internal sealed class LinuxProcessIsolation : IIsolation
{
    private readonly object _gate = new();
    private readonly HashSet<ProcessSandbox> _sandboxes = [];
    private readonly string _markerPrefix = Marker.Prefix(HostProcess.Current, Guid.NewGuid());
    private readonly bool _usePidfd;
    private readonly Guardian _guardian;
    private int _hasLooked;
    private bool _isDisposed;

    public LinuxProcessIsolation()
        : this(usePidfd: true)
    {
    }

    /// <param name="usePidfd">False waits as on a kernel (before 5.3) without pidfd.</param>
    public LinuxProcessIsolation(bool usePidfd)
    {
        _usePidfd = usePidfd;
        _guardian = new Guardian(SweepScript.Text, [_markerPrefix], usePidfd);
    }

    public string Name => "Process";

    public IReadOnlyList<string> UnenforcedContainerMembers => ProcessIsolationLimits.ContainerMembers;

    public IReadOnlyList<string> UnenforcedProcessMembers => ProcessIsolationLimits.ProcessMembers;

    public IReadOnlyList<string> UnenforcedResources => ProcessIsolationLimits.Resources;

    public ILayerService Layers { get; } = new RefusedLayers("Process");

    public IImageService Images { get; } = new RefusedImages("Process");

    public INetworkService Networks { get; } = new RefusedNetworks("Process");

    public string? ImageOS => null;

    /// <summary>Process id of the guardian, once there is one.</summary>
    public int? GuardianProcessId => _guardian.ProcessId;

    public Task<ISandbox> CreateSandboxAsync(string id, ContainerConfig config)
    {
        if (Interlocked.Exchange(ref _hasLooked, 1) == 0)
        {
            LostProcesses.End();
        }

        lock (_gate)
        {
            if (_isDisposed)
            {
                throw new HcsException("HcsCreateComputeSystem", HResult.ServiceDisconnect, id);
            }

            ProcessSandbox sandbox = new(id, _markerPrefix, _guardian, _usePidfd, Forget);
            _sandboxes.Add(sandbox);
            return Task.FromResult<ISandbox>(sandbox);
        }
    }

    public async Task CloseAsync()
    {
        List<ProcessSandbox> left;
        lock (_gate)
        {
            _isDisposed = true;
            left = [.. _sandboxes];
        }

        HcsException? failure = null;
        foreach (ProcessSandbox sandbox in left)
        {
            try
            {
                await sandbox.RemoveAsync().ConfigureAwait(false);
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

    private void Forget(ProcessSandbox sandbox)
    {
        lock (_gate)
        {
            _sandboxes.Remove(sandbox);
        }
    }
}
