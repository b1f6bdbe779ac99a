using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Oci.ControlGroups;
using HcsPowerShell.Embedded.Linux.Oci.Modification;
using HcsPowerShell.Embedded.Linux.Oci.Networks;
using HcsPowerShell.Embedded.Linux.Oci.Programs;
using HcsPowerShell.Embedded.Linux.Oci.Runtime;
using HcsPowerShell.Embedded.Linux.Oci.Specification;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci;

/// <summary>A container of runc, kept alive by a placeholder PID 1.</summary>
internal sealed class OciSandbox : ISandbox
{
    private static readonly TimeSpan s_killPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_thawPause = TimeSpan.FromMilliseconds(100);

    // Lock for reading the processes, which only one thread may do at a time. It is never held over a call that leaves
    // the process.
    private readonly object _reading = new();
    private readonly string _name;
    private readonly Runc _runc;
    private readonly Bundle _bundle;
    private readonly OciNetworks _networks;
    private readonly Action<OciSandbox> _removed;
    private readonly Task<uint?> _gone;
    private readonly FileDescriptor _first;
    private readonly Task _dead;
    private readonly ControlGroup _group;
    private readonly ProcReader _reader = new();
    private readonly ContainerMembers _members;
    private readonly RuncExec _starter;
    private readonly LiveMounts _mounts;
    private readonly ContainerChanges _changes;
    private readonly CancellationTokenSource _ended = new();
    private volatile bool _isClosed;
    private ProcReader? _idleReader = new();
    private Task? _removing;

    private OciSandbox(
        string id,
        string name,
        Runc runc,
        string runcState,
        Bundle bundle,
        KeptProcess first,
        NetworkPlan network,
        OciNetworks networks,
        Action<OciSandbox> removed)
    {
        Id = id;
        _name = name;
        _runc = runc;
        _bundle = bundle;
        _networks = networks;
        _removed = removed;
        _gone = first.Exited;
        FirstProcessId = first.ProcessId;
        _first = first.Open();
        _dead = WhenReadable(_first);
        _group = ControlGroup.Open(runcState, name);
        _members = new ContainerMembers(_group, _reader, FirstProcessId);
        _starter = new RuncExec(name, runc, bundle, FirstProcessId, OutOfMemoryKills);
        _mounts = new LiveMounts(id, FirstProcessId, bundle.MappedPaths);
        _changes = new ContainerChanges(id, name, runc, bundle.Folder, FirstProcessId, _mounts, networks);
        try
        {
            foreach (string endpoint in network.Interfaces)
            {
                InterfaceMove.In(id, endpoint, FirstProcessId);
            }
        }
        catch
        {
            // If left open, they would keep disks, and so their images, longer than the container lives.
            Close();
            throw;
        }
    }

    public string Id { get; }

    public Task Gone => _gone;

    /// <summary>Host process id of the first process.</summary>
    public int FirstProcessId { get; }

    /// <summary>Creates the container; its first process waits for <see cref="BeginAsync"/>.</summary>
    /// <param name="id">Id of the system.</param>
    /// <param name="name">Name by which runc knows the container.</param>
    /// <param name="runc">runc.</param>
    /// <param name="runcState">The folder with the state of runc.</param>
    /// <param name="bundle">Bundle of the container. The new object owns it, unless the creation fails.</param>
    /// <param name="network">The network it gets.</param>
    /// <param name="networks">The networks of the host.</param>
    /// <param name="removed">Called when the container is removed.</param>
    /// <param name="ended">Kills runc.</param>
    /// <exception cref="HcsException">runc refuses.</exception>
    public static async Task<OciSandbox> CreateAsync(
        string id,
        string name,
        Runc runc,
        string runcState,
        Bundle bundle,
        NetworkPlan network,
        OciNetworks networks,
        Action<OciSandbox> removed,
        CancellationToken ended)
    {
        using KeptProcess first = await runc.CreateAsync(
            name, bundle.Folder, bundle.NextProcessIdFile(), ProgramFiles.First.Descriptor, bundle.Held, ended)
            .ConfigureAwait(false);
        bundle.Mounted();
        OciSandbox sandbox = new(id, name, runc, runcState, bundle, first, network, networks, removed);
        try
        {
            await sandbox.ConnectAsync(network, ended).ConfigureAwait(false);
            return sandbox;
        }
        catch
        {
            await networks.Attachments.ReleaseAsync(id, first.ProcessId).ConfigureAwait(false);
            sandbox.Close();
            throw;
        }
    }

    private async Task ConnectAsync(NetworkPlan network, CancellationToken ended)
    {
        foreach (HostEndpoint endpoint in network.Endpoints)
        {
            await _networks.Attachments.AttachAsync("HcsCreateComputeSystem", Id, FirstProcessId, endpoint.Id, ended)
                .ConfigureAwait(false);
        }

        if (network.Space is { } space)
        {
            await _networks.Attachments.JoinAsync("HcsCreateComputeSystem", Id, FirstProcessId, space.Id, ended)
                .ConfigureAwait(false);
        }
    }

    public Task BeginAsync() => _runc.StartAsync(_name, _ended.Token);

    public async Task<ISandboxProcess> StartAsync(Func<ISandboxFiles, ProcessPlan> plan)
    {
        try
        {
            return await _starter.StartAsync(plan, _ended.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (_dead.IsCompleted && e is HcsException or IOException or ObjectDisposedException)
        {
            throw new HcsException("HcsCreateProcess", HResult.SystemAlreadyStopped, Id, null, e);
        }
        catch (IOException e)
        {
            throw Refusal.OfHost(Id, "HcsCreateProcess", null, e);
        }
    }

    public ISandboxProcess? Open(uint processId)
    {
        lock (_reading)
        {
            RequireOpen("HcsOpenProcess");
            return _members.Open(processId);
        }
    }

    public Task PauseAsync() => _runc.PauseAsync(_name, _ended.Token);

    public Task ResumeAsync() => _runc.ResumeAsync(_name, _ended.Token);

    public Task ModifyAsync(ResourceChange change) => _changes.MakeAsync(change, _ended.Token);

    public void Shutdown()
    {
        lock (_reading)
        {
            RequireOpen("HcsShutDownComputeSystem");
            _members.Terminate();
        }
    }

    public async Task KillAsync()
    {
        if (_dead.IsCompleted)
        {
            return;
        }

        // The kernel kills all other processes with the first one, which ends last.
        _ = Libc.pidfd_send_signal(_first, Libc.SIGKILL);
        var time = Stopwatch.StartNew();
        do
        {
            if (time.Elapsed > s_killPatience)
            {
                throw Refusal.Failure(Id, "HcsTerminateComputeSystem", "Processes remain after SIGKILL.");
            }

            // A frozen process does not die, and a pause that is under way may still freeze it.
            _group.Thaw();
        }
        while (await Task.WhenAny(_dead, Task.Delay(s_thawPause)).ConfigureAwait(false) != _dead);
    }

    public bool HasProcesses()
    {
        lock (_reading)
        {
            return !_isClosed && _members.Any();
        }
    }

    /// <remarks>
    /// The counters are read at once and without a lock: the kernel has them ready, whatever the container does.
    /// </remarks>
    public Task<Statistics> GetStatisticsAsync()
    {
        ProcReader reader = Interlocked.Exchange(ref _idleReader, null) ?? new ProcReader();
        Statistics statistics = _group.Sample(reader);
        statistics.Network = NetworkCounters.Read(reader, FirstProcessId);
        foreach (NetworkStats counters in statistics.Network ?? [])
        {
            counters.EndpointId = _networks.Attachments.Find(FirstProcessId, counters.EndpointId!) is { } endpoint
                ? HostComputeObject.IdText(endpoint.Id)
                : counters.EndpointId;
        }

        _idleReader = reader;

        // Some counters are missing if the container was closed meanwhile.
        RequireOpen("HcsGetComputeSystemProperties");
        return Task.FromResult(statistics);
    }

    public IReadOnlyList<ProcessListItem> GetProcesses()
    {
        lock (_reading)
        {
            RequireOpen("HcsGetComputeSystemProperties");
            return _members.Describe();
        }
    }

    public Task RemoveAsync()
    {
        lock (_reading)
        {
            return _removing ??= Task.Run(RemoveNowAsync);
        }
    }

    private static Task WhenReadable(FileDescriptor descriptor)
    {
        TaskCompletionSource<bool> readable = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Reactor.Shared.Register(descriptor, Libc.POLLIN, () => readable.TrySetResult(true));
        return readable.Task;
    }

    private async Task RemoveNowAsync()
    {
        await KillAsync().ConfigureAwait(false);

        // A start or a change that is still under way has nothing left to do.
        _ended.Cancel();
        lock (_reading)
        {
            Close();
        }

        try
        {
            await _networks.Attachments.ReleaseAsync(Id, FirstProcessId).ConfigureAwait(false);
            await _runc.DeleteAsync(_name, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _bundle.Dispose();
            _removed(this);
        }
    }

    private void Close()
    {
        _isClosed = true;
        _first.Dispose();
        _mounts.Dispose();
        _group.Dispose();
    }

    private void RequireOpen(string function)
    {
        if (_isClosed)
        {
            throw new HcsException(function, HResult.SystemAlreadyStopped, Id);
        }
    }

    private ulong OutOfMemoryKills() => _group.OutOfMemoryKills(new ProcReader());
}
