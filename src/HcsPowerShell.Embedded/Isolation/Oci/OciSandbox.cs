using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Isolation.Oci.ControlGroups;
using HcsPowerShell.Embedded.Isolation.Oci.Files;
using HcsPowerShell.Embedded.Isolation.Oci.Modification;
using HcsPowerShell.Embedded.Isolation.Oci.Network;
using HcsPowerShell.Embedded.Isolation.Oci.Programs;
using HcsPowerShell.Embedded.Isolation.Oci.Runtime;
using HcsPowerShell.Embedded.Isolation.Oci.Specification;
using HcsPowerShell.Embedded.Isolation.Unix;
using HcsPowerShell.Embedded.Modification;
using HcsPowerShell.Embedded.Native.Unix;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Isolation.Oci;

/// <summary>A container of runc, kept alive by a first process that is nobody's.</summary>
internal sealed class OciSandbox : ISandbox
{
    private static readonly TimeSpan s_killPatience = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();

    // Taken before the other, and never by a kill: that ends a start which hangs.
    private readonly object _starting = new();
    private readonly string _name;
    private readonly Runc _runc;
    private readonly Bundle _bundle;
    private readonly Action<OciSandbox> _disposed;
    private readonly Task<uint?> _gone;
    private readonly FileDescriptor _first;
    private readonly ControlGroup _group;
    private readonly ProcReader _reader = new();
    private readonly ContainerMembers _members;
    private readonly ProcessStarter _starter;
    private readonly LiveMounts _mounts;
    private readonly ContainerChanges _changes;
    private bool _isPaused;
    private bool _isDisposed;

    /// <exception cref="HcsException">runc refuses.</exception>
    public OciSandbox(
        string id,
        string name,
        Runc runc,
        string runcState,
        Bundle bundle,
        NetworkPlan network,
        Action<OciSandbox> disposed)
    {
        Id = id;
        _name = name;
        _runc = runc;
        _bundle = bundle;
        _disposed = disposed;
        using KeptProcess first = runc.Create(
            name, bundle.Folder, bundle.NextProcessIdFile(), ProgramFiles.First.Descriptor, bundle.Held);
        bundle.Mounted();
        _gone = first.Exited;
        FirstProcessId = first.ProcessId;
        _first = first.Open();
        _group = ControlGroup.Open(runcState, name);
        _members = new ContainerMembers(_group, _reader, FirstProcessId);
        _starter = new ProcessStarter(name, runc, bundle, FirstProcessId, OutOfMemoryKills);
        _mounts = new LiveMounts(id, FirstProcessId, bundle.MappedPaths);
        _changes = new ContainerChanges(id, name, runc, FirstProcessId, _mounts);
        try
        {
            foreach (string endpoint in network.Interfaces)
            {
                InterfaceMove.In(id, endpoint, FirstProcessId);
            }
        }
        catch
        {
            // Open, they would keep disks, and so their images, longer than the container lives.
            _mounts.Dispose();
            _group.Dispose();
            _first.Dispose();
            throw;
        }
    }

    public string Id { get; }

    public Task Gone => _gone;

    /// <summary>The first process, as seen from outside.</summary>
    public int FirstProcessId { get; }

    public void Begin()
    {
        lock (_gate)
        {
            _runc.Start(_name);
        }
    }

    public ISandboxFiles OpenFiles() => ContainerFiles.Open(FirstProcessId);

    public ISandboxProcess Start(ProcessStart start)
    {
        if (start.HoldsZero)
        {
            throw new HcsException("HcsCreateProcess", HResult.InvalidArgument);
        }

        lock (_starting)
        {
            if (_isDisposed)
            {
                throw new HcsException("HcsCreateProcess", HResult.SystemAlreadyStopped, Id);
            }

            return _starter.Start(start);
        }
    }

    public ISandboxProcess? Open(uint processId)
    {
        lock (_gate)
        {
            return _members.Open(processId);
        }
    }

    public void Pause()
    {
        lock (_gate)
        {
            _runc.Pause(_name);
            _isPaused = true;
        }
    }

    public void Resume()
    {
        lock (_gate)
        {
            _runc.Resume(_name);
            _isPaused = false;
        }
    }

    public void Modify(ResourceChange change)
    {
        lock (_gate)
        {
            _changes.Make(change);
        }
    }

    public void Shutdown()
    {
        lock (_gate)
        {
            _members.Terminate();
        }
    }

    public void Kill()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            // The kernel kills all others with the first, and ends it last.
            _ = Libc.pidfd_send_signal(_first, Libc.SIGKILL);
            if (_isPaused && !_gone.IsCompleted)
            {
                // What is frozen does not even die.
                _runc.Resume(_name);
                _isPaused = false;
            }

            if (!_first.WaitUntilReadable(s_killPatience))
            {
                throw new HcsException(
                    "HcsTerminateComputeSystem",
                    HResult.Unspecified,
                    Id,
                    HcsJson.Write(new ResultError
                    {
                        Error = HResult.Unspecified,
                        ErrorMessage = "Processes remain after SIGKILL.",
                    }));
            }
        }
    }

    public bool HasProcesses()
    {
        lock (_gate)
        {
            return _members.Any();
        }
    }

    public Statistics GetStatistics()
    {
        lock (_gate)
        {
            Statistics statistics = _group.Sample();
            statistics.Network = NetworkCounters.Read(_reader, FirstProcessId);
            return statistics;
        }
    }

    public IReadOnlyList<ProcessListItem> GetProcesses()
    {
        lock (_gate)
        {
            return _members.Describe();
        }
    }

    public void Dispose()
    {
        Kill();
        lock (_starting)
        {
            lock (_gate)
            {
                if (_isDisposed)
                {
                    return;
                }

                _isDisposed = true;
                _first.Dispose();
                _mounts.Dispose();
                _group.Dispose();
                _runc.Delete(_name);
                _bundle.Dispose();
            }
        }

        _disposed(this);
    }

    private ulong OutOfMemoryKills()
    {
        lock (_gate)
        {
            return _group.OutOfMemoryKills();
        }
    }
}
