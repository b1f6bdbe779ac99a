using System;
using System.IO;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Oci.Runtime;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci;

/// <summary>A process that this host has started in a container, with the requested pipes or with a console.</summary>
internal sealed class OciProcess : ISandboxProcess
{
    private const uint Killed = 128 + Libc.SIGKILL;

    private readonly FileDescriptor _process;
    private readonly ProcessConsole? _console;

    /// <param name="processId">Id inside the container.</param>
    /// <param name="kept">The process as runc has started it.</param>
    /// <param name="hadKills">Returns whether the kernel has killed for lack of memory since before the start.</param>
    /// <param name="pipes">Its standard streams; null for those not requested.</param>
    public OciProcess(uint processId, KeptProcess kept, Func<bool> hadKills, Stream?[] pipes)
        : this(processId, kept, hadKills)
    {
        StandardInput = pipes[0];
        StandardOutput = pipes[1];
        StandardError = pipes[2];
    }

    /// <param name="processId">Id inside the container.</param>
    /// <param name="kept">The process as runc has started it.</param>
    /// <param name="hadKills">Returns whether the kernel has killed for lack of memory since before the start.</param>
    /// <param name="terminal">Its console, one of the container's own <c>/dev/pts</c>. The new object owns it.</param>
    /// <param name="wantsOutput">Whether the caller reads the output; otherwise it is dropped.</param>
    public OciProcess(uint processId, KeptProcess kept, Func<bool> hadKills, PseudoTerminal terminal, bool wantsOutput)
        : this(processId, kept, hadKills)
    {
        _console = new ProcessConsole(terminal, kept.Exited, wantsOutput);
        StandardInput = _console.Input;
        StandardOutput = _console.Output;
    }

    private OciProcess(uint processId, KeptProcess kept, Func<bool> hadKills)
    {
        ProcessId = processId;
        _process = kept.Open();
        Exited = ObserveAsync(kept.Exited, hadKills);
    }

    public uint ProcessId { get; }

    public Task<ProcessStatus> Exited { get; }

    public Stream? StandardInput { get; }

    public Stream? StandardOutput { get; }

    public Stream? StandardError { get; }

    public IProcessConsole? Console => _console;

    public void Kill()
    {
        try
        {
            _ = Libc.pidfd_send_signal(_process, Libc.SIGKILL);
        }
        catch (ObjectDisposedException)
        {
            // It has exited.
        }
    }

    public void Dispose() => _console?.Dispose();

    private async Task<ProcessStatus> ObserveAsync(Task<uint?> exited, Func<bool> hadKills)
    {
        uint? code = await exited.ConfigureAwait(false);
        _process.Dispose();

        // The kernel counts its kills, but does not name the processes. A process that a user kills in that time counts
        // too.
        return ProcessExit.Of(ProcessId, code, isOutOfMemory: code == Killed && hadKills());
    }
}
