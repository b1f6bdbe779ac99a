using System.IO;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.ProcessIsolation;

/// <summary>A child process with the requested pipes, or with a console.</summary>
internal sealed class LinuxProcess : ISandboxProcess
{
    private readonly ChildProcess _child;
    private readonly ProcessConsole? _console;

    public LinuxProcess(ChildProcess child, Stream? input, Stream? output, Stream? error)
    {
        _child = child;
        StandardInput = input;
        StandardOutput = output;
        StandardError = error;
        Exited = ObserveAsync();
    }

    public LinuxProcess(ChildProcess child, ProcessConsole console)
        : this(child, console.Input, console.Output, error: null) => _console = console;

    public uint ProcessId => (uint)_child.Key.ProcessId;

    public Task<ProcessStatus> Exited { get; }

    public Stream? StandardInput { get; }

    public Stream? StandardOutput { get; }

    public Stream? StandardError { get; }

    public IProcessConsole? Console => _console;

    public void Kill() => _child.Kill();

    public void Dispose() => _console?.Dispose();

    private async Task<ProcessStatus> ObserveAsync() =>
        ProcessExit.Of(ProcessId, await _child.Exited.ConfigureAwait(false));
}
