using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
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
        string file = bundle.NextProcessIdFile();
        using KeptProcess first = runc.Create(name, bundle.Folder, file, ProgramFiles.First.Descriptor);
        bundle.Mounted();
        _gone = first.Exited;
        FirstProcessId = ReadProcessId(file);
        _first = OpenProcess(FirstProcessId);
        _group = ControlGroup.Open(runcState, name);
        _mounts = new LiveMounts(id, FirstProcessId, bundle.MappedPaths);
        _changes = new ContainerChanges(id, name, runc, FirstProcessId, _mounts);
        foreach (string endpoint in network.Interfaces)
        {
            InterfaceMove.In(id, endpoint, FirstProcessId);
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

            ContainerUser user;
            using (ContainerFiles files = ContainerFiles.Open(FirstProcessId))
            {
                // runc would tell some of this in words, and the rest not at all: it has gone when the kernel refuses.
                ExecutableCheck.Require(files, start.Executable);
                user = ContainerUsers.Resolve(files, start.User);
            }

            return start.Console is { } console ? StartInConsole(start, user, console) : StartWithPipes(start, user);
        }
    }

    public ISandboxProcess? Open(uint processId)
    {
        lock (_gate)
        {
            return Members().Where(process => InnerProcessId.Of(_reader, process.Key.ProcessId) == processId)
                .Select(process => new ForeignProcess(process.Key, processId))
                .FirstOrDefault();
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
            foreach (ProcStat process in Members())
            {
                Signal.Send(process.Key.ProcessId, Libc.SIGTERM);
            }
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
            return Members().Any();
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
            List<ProcessListItem> processes = [];
            foreach (ProcStat process in Members())
            {
                if (InnerProcessId.Of(_reader, process.Key.ProcessId) is { } id)
                {
                    processes.Add(ProcessDescription.Of(process, id, _reader));
                }
            }

            return processes;
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

    private OciProcess StartWithPipes(ProcessStart start, ContainerUser user)
    {
        using Pipe? input = start.StandardInput ? Pipe.Create(childReads: true) : null;
        using Pipe? output = start.StandardOutput ? Pipe.Create(childReads: false) : null;
        using Pipe? error = start.StandardError ? Pipe.Create(childReads: false) : null;
        using KeptProcess kept = Execute(
            start, user, [input?.Childs, output?.Childs, error?.Childs], consoleSocket: null, out string file, out ulong before);
        return Adopt(
            kept,
            file,
            before,
            [
                input is null ? null : new PipeStream(input.TakeOurs(), FileAccess.Write),
                output is null ? null : new PipeStream(output.TakeOurs(), FileAccess.Read),
                error is null ? null : new PipeStream(error.TakeOurs(), FileAccess.Read),
            ]);
    }

    private OciConsoleProcess StartInConsole(ProcessStart start, ContainerUser user, ConsoleStart size)
    {
        using DescriptorSocket socket = DescriptorSocket.Listen(_bundle.NextSocket());
        using KeptProcess kept = Execute(start, user, [null, null, null], socket.Path, out string file, out ulong before);
        PseudoTerminal terminal = new(socket.Receive());
        try
        {
            terminal.Resize(size.Width, size.Height);
            OciProcess process = Adopt(kept, file, before, [null, null, null]);
            return new OciConsoleProcess(process, new ProcessConsole(terminal, process.Exited, start.StandardOutput));
        }
        catch
        {
            terminal.Dispose();
            throw;
        }
    }

    private KeptProcess Execute(
        ProcessStart start,
        ContainerUser user,
        FileDescriptor?[] standard,
        string? consoleSocket,
        out string file,
        out ulong before)
    {
        before = OutOfMemoryKills();
        file = _bundle.NextProcessIdFile();
        string process = ProcessSpecification.Of(start, user).ToJsonString();
        return _runc.Execute(_name, process, file, standard, consoleSocket);
    }

    // Until it is let go, the process stays to be looked at even when it has exited.
    private OciProcess Adopt(KeptProcess kept, string file, ulong before, Stream?[] pipes)
    {
        int processId = ReadProcessId(file);
        uint id = InnerProcessId.Of(new ProcReader(), processId)
            ?? throw new HcsException("HcsCreateProcess", HResult.Unspecified);
        return new OciProcess(id, OpenProcess(processId), kept.Exited, () => OutOfMemoryKills() > before, pipes);
    }

    private static int ReadProcessId(string file)
    {
        int processId = int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture);
        File.Delete(file);
        return processId;
    }

    private static FileDescriptor OpenProcess(int processId)
    {
        int number = Libc.pidfd_open(processId);
        return number >= 0 ? new FileDescriptor(number) : throw SpawnError.From(Marshal.GetLastWin32Error());
    }

    private ulong OutOfMemoryKills()
    {
        lock (_gate)
        {
            return _group.OutOfMemoryKills();
        }
    }

    private IEnumerable<ProcStat> Members() => _group.ProcessIds()
        .Where(processId => processId != FirstProcessId)
        .Select(processId => ProcStat.Read(_reader, processId))
        .OfType<ProcStat>()
        .Where(process => process.IsAlive);
}
