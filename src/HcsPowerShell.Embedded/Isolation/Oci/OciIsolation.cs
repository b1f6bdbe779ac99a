using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using HcsPowerShell.Embedded.Isolation.Oci.Network;
using HcsPowerShell.Embedded.Isolation.Oci.Runtime;
using HcsPowerShell.Embedded.Isolation.Oci.Specification;
using HcsPowerShell.Embedded.Isolation.Oci.State;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Isolation.Oci;

/// <summary>Isolation <c>Oci</c>: every system is a container of runc.</summary>
internal sealed class OciIsolation : IIsolation
{
    private const string Function = "HcsCreateComputeSystem";

    private readonly object _gate = new();
    private readonly string _runcPath;
    private readonly HashSet<OciSandbox> _sandboxes = [];
    private HostFolder? _folder;
    private LeftoversGuardian? _guardian;
    private Runc? _runc;
    private int _created;
    private bool _isDisposed;

    /// <param name="runc">Absolute path of runc. Nothing is done before the first container.</param>
    public OciIsolation(string runc) => _runcPath = runc;

    public string Name => "Oci";

    public IReadOnlyList<string> UnenforcedContainerMembers => OciLimits.ContainerMembers;

    public IReadOnlyList<string> UnenforcedProcessMembers => OciLimits.ProcessMembers;

    public IReadOnlyList<string> UnenforcedResources => [];

    /// <summary>What the folder and the control groups of this host are called by, once there are any.</summary>
    public string? HostName => _folder?.Host;

    /// <summary>Process id of the guardian, once there is one.</summary>
    public int? GuardianProcessId => _guardian?.ProcessId;

    public ISandbox CreateSandbox(string id, ContainerConfig config)
    {
        try
        {
            return Create(id, config);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refusal.Failure(id, Function, e.Message);
        }
    }

    /// <exception cref="HcsException">A process withstands SIGKILL; the other containers are gone all the same.</exception>
    public void Dispose()
    {
        List<OciSandbox> left;
        lock (_gate)
        {
            _isDisposed = true;
            left = [.. _sandboxes];
        }

        HcsException? failure = null;
        foreach (OciSandbox sandbox in left)
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

        try
        {
            if (failure is not null)
            {
                throw failure;
            }

            _folder?.Dispose();
            _folder = null;
        }
        finally
        {
            // Where something is left, the guardian tries again.
            _guardian?.Dispose();
        }
    }

    private OciSandbox Create(string id, ContainerConfig config)
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                throw new ObjectDisposedException(nameof(OciIsolation));
            }

            Prepare();
        }

        if (!string.IsNullOrEmpty(config.ContainerType)
            && !config.ContainerType!.Equals("Linux", StringComparison.OrdinalIgnoreCase))
        {
            throw Refusal.NotSupported(
                id, Function, $"ContainerType: there are no {config.ContainerType} containers on Linux.");
        }

        string name = ContainerName.Of(_folder!.Host, Interlocked.Increment(ref _created), id);
        NetworkPlan network = NetworkPlan.Make(id, config, FindFirstProcess);
        Bundle bundle = Bundle.Create(_folder, name, id, config, network);
        try
        {
            OciSandbox sandbox = new(id, name, _runc!, _folder.RuncState, bundle, network, Forget);
            lock (_gate)
            {
                _sandboxes.Add(sandbox);
            }

            return sandbox;
        }
        catch
        {
            _runc!.Delete(name);
            bundle.Dispose();
            throw;
        }
    }

    private void Prepare()
    {
        if (_folder is null)
        {
            Leftovers.Remove(_runcPath);
            _folder = HostFolder.Create();
            _runc = new Runc(_runcPath, _folder.RuncState);
            _guardian = new LeftoversGuardian(_folder, _runcPath);
        }

        _guardian!.EnsureRunning();
    }

    private int? FindFirstProcess(string id)
    {
        lock (_gate)
        {
            return _sandboxes.FirstOrDefault(sandbox => ContainerId.Comparer.Equals(sandbox.Id, id))?.FirstProcessId;
        }
    }

    private void Forget(OciSandbox sandbox)
    {
        lock (_gate)
        {
            _sandboxes.Remove(sandbox);
        }
    }
}
