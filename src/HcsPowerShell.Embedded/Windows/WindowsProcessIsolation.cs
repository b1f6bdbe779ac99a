using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Windows;

/// <summary>Isolation Process on Windows: ordinary child processes in job objects, which need no rights.</summary>
/// <remarks>
/// The job objects end with this process, however it ends, and their members are killed. Needs Windows 8 or Server 2012
/// (nested jobs). A member cannot break away; a process that a service, a scheduled task or WMI starts for it is not a
/// member and keeps running.
/// </remarks>
internal sealed class WindowsProcessIsolation : IIsolation
{
    private static readonly TimeSpan s_killPatience = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();
    private JobObject? _job;
    private bool _disposed;

    /// <inheritdoc/>
    public string Name => "Process";

    /// <inheritdoc/>
    public IReadOnlyList<string> UnenforcedContainerMembers => ProcessIsolationLimits.ContainerMembers;

    /// <inheritdoc/>
    public IReadOnlyList<string> UnenforcedProcessMembers => ProcessIsolationLimits.ProcessMembers;

    /// <inheritdoc/>
    public IReadOnlyList<string> UnenforcedResources => ProcessIsolationLimits.Resources;

    public ILayerService Layers { get; } = new RefusedLayers("Process");

    public IImageService Images { get; } = new RefusedImages("Process");

    public INetworkService Networks { get; } = new RefusedNetworks("Process");

    public string? ImageOS => null;

    /// <inheritdoc/>
    /// <exception cref="Interop.HcsException">The system refuses to make a job object.</exception>
    public Task<ISandbox> CreateSandboxAsync(string id, ContainerConfig config)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                throw new HcsException("HcsCreateComputeSystem", HResult.ServiceDisconnect, id);
            }

            try
            {
                _job ??= new JobObject();
                return Task.FromResult<ISandbox>(new WindowsSandbox(id, _job));
            }
            catch (Win32Exception cause)
            {
                throw HcsFailure.Of("HcsCreateComputeSystem", id, cause);
            }
        }
    }

    /// <inheritdoc/>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _disposed = true;

                // Closing the job kills the processes that outlast the wait.
                _ = _job?.TryEmpty(WindowsProcess.KilledExitCode, s_killPatience);
                _job?.Dispose();
            }
        }

        return Task.CompletedTask;
    }
}
