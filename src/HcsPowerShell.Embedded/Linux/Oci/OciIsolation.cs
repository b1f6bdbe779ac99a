using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Oci.Images;
using HcsPowerShell.Embedded.Linux.Oci.Layers;
using HcsPowerShell.Embedded.Linux.Oci.Networks;
using HcsPowerShell.Embedded.Linux.Oci.Runtime;
using HcsPowerShell.Embedded.Linux.Oci.Specification;
using HcsPowerShell.Embedded.Linux.Oci.State;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci;

/// <summary>Isolation <c>Oci</c>: every system is a container of runc.</summary>
internal sealed class OciIsolation : IIsolation
{
    private const string Function = "HcsCreateComputeSystem";

    private readonly object _gate = new();
    private readonly string _runcPath;
    private readonly OciLayers _layers;
    private readonly OciImages _images = new();
    private readonly OciNetworks _networks;
    private readonly SemaphoreSlim _preparing = new(1, 1);
    private readonly HashSet<OciSandbox> _sandboxes = [];
    private readonly HashSet<Task> _creating = [];
    private readonly CancellationTokenSource _ended = new();
    private HostFolder? _folder;
    private Guardian? _guardian;
    private Runc? _runc;
    private int _created;
    private Task? _closing;

    /// <param name="runc">Absolute path of runc. Nothing is done before the first container or mount.</param>
    public OciIsolation(string runc)
        : this(runc, new NetworkTools())
    {
    }

    internal OciIsolation(string runc, NetworkTools tools)
    {
        _runcPath = runc;
        _layers = new OciLayers((function, work) => UseAsync(function, host => Task.FromResult(work(host))), () => _folder);
        _networks = new OciNetworks(UseAsync, tools);
    }

    public string Name => "Oci";

    public IReadOnlyList<string> UnenforcedContainerMembers => OciLimits.ContainerMembers;

    public IReadOnlyList<string> UnenforcedProcessMembers => OciLimits.ProcessMembers;

    public IReadOnlyList<string> UnenforcedResources => [];

    public ILayerService Layers => _layers;

    public IImageService Images => _images;

    public INetworkService Networks => _networks;

    public string? ImageOS => "linux";

    /// <summary>Name of the folder and the control groups of this host; null before they exist.</summary>
    public string? HostName => _folder?.Host;

    /// <summary>Process id of the guardian; null before it exists.</summary>
    public int? GuardianProcessId => _guardian?.ProcessId;

    public Task<ISandbox> CreateSandboxAsync(string id, ContainerConfig config) => BeginAsync(id, Function, async () =>
    {
        try
        {
            return await CreateAsync(id, config).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refusal.OfHost(id, Function, null, e, HostFolder.Root);
        }
    });

    public Task CloseAsync()
    {
        lock (_gate)
        {
            return _closing ??= Task.Run(CloseNowAsync);
        }
    }

    // The host ends only after the work.
    private async Task<T> BeginAsync<T>(string? id, string function, Func<Task<T>> work)
    {
        TaskCompletionSource<bool> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_closing is not null)
            {
                throw new HcsException(function, HResult.ServiceDisconnect, id);
            }

            _creating.Add(done.Task);
        }

        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                _creating.Remove(done.Task);
            }

            done.SetResult(true);
        }
    }

    private Task<string> UseAsync(string function, Func<HostFolder, Task<string>> work) =>
        BeginAsync(null, function, async () =>
        {
            await PrepareAsync().ConfigureAwait(false);
            return await work(_folder!).ConfigureAwait(false);
        });

    private async Task CloseNowAsync()
    {
        _layers.End();
        _networks.End();

        // Kills the runc commands that still create containers; the next steps of a creation then find nothing.
        _ended.Cancel();
        Task[] creating;
        lock (_gate)
        {
            creating = [.. _creating];
        }

        await Task.WhenAll(creating).ConfigureAwait(false);
        await _images.EndAsync().ConfigureAwait(false);
        OciSandbox[] left;
        lock (_gate)
        {
            left = [.. _sandboxes];
        }

        try
        {
            await Task.WhenAll(left.Select(sandbox => sandbox.RemoveAsync())).ConfigureAwait(false);
            await _networks.RemoveAsync().ConfigureAwait(false);
            _folder?.Dispose();
            _folder = null;
        }
        finally
        {
            // If something is left, the guardian tries again.
            _guardian?.Dispose();
        }
    }

    private async Task<ISandbox> CreateAsync(string id, ContainerConfig config)
    {
        if (!string.IsNullOrEmpty(config.ContainerType)
            && !config.ContainerType!.Equals("Linux", StringComparison.OrdinalIgnoreCase))
        {
            throw Refusal.NotSupported(
                id, Function, $"ContainerType: there are no {config.ContainerType} containers on Linux.");
        }

        await PrepareAsync().ConfigureAwait(false);
        string name = ContainerName.Of(_folder!.Host, Interlocked.Increment(ref _created), id);
        NetworkPlan network = NetworkPlan.Make(id, config, FindFirstProcess, _networks);
        Bundle bundle = Bundle.Create(_folder, name, id, config, network);
        try
        {
            OciSandbox sandbox = await OciSandbox.CreateAsync(
                id, name, _runc!, _folder.RuncState, bundle, network, _networks, Forget, _ended.Token).ConfigureAwait(false);
            lock (_gate)
            {
                _sandboxes.Add(sandbox);
            }

            return sandbox;
        }
        catch
        {
            HcsException? misplaced = bundle.Misplaced();
            try
            {
                await _runc!.DeleteAsync(name, CancellationToken.None).ConfigureAwait(false);
            }
            finally
            {
                bundle.Dispose();
            }

            if (misplaced is not null)
            {
                throw misplaced;
            }

            throw;
        }
    }

    private async Task PrepareAsync()
    {
        await _preparing.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_folder is null)
            {
                LostProcesses.End();
                Leftovers.Remove(_runcPath);
                Prepare(HostFolder.Create());
            }

            _guardian!.EnsureRunning();
        }
        finally
        {
            _preparing.Release();
        }
    }

    private void Prepare(HostFolder folder)
    {
        try
        {
            HostSettings.Write(folder.Settings);
        }
        catch
        {
            folder.Dispose();
            throw;
        }

        _runc = new Runc(_runcPath, folder.RuncState);
        _guardian = new Guardian(LeftoversScript.Text, Leftovers.Arguments(folder.Host, _runcPath), usePidfd: true);
        _folder = folder;
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
