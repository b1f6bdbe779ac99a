using System;
using System.IO;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Native.Unix;

namespace HcsPowerShell.Embedded.Isolation.Oci;

/// <summary>A process this host has started in a container, with the pipes that were asked for.</summary>
internal sealed class OciProcess : ISandboxProcess
{
    private const uint Killed = 128 + Libc.SIGKILL;

    private readonly FileDescriptor _process;

    /// <param name="processId">Id inside the container.</param>
    /// <param name="process">pidfd of the process.</param>
    /// <param name="exited">Its exit code.</param>
    /// <param name="outOfMemoryKills">How many processes the kernel has killed for want of memory so far.</param>
    /// <param name="pipes">Its standard streams; null where none was asked for.</param>
    public OciProcess(
        uint processId, FileDescriptor process, Task<uint?> exited, Func<ulong> outOfMemoryKills, Stream?[] pipes)
    {
        ProcessId = processId;
        _process = process;
        Exited = ObserveAsync(exited, outOfMemoryKills, outOfMemoryKills());
        StandardInput = pipes[0];
        StandardOutput = pipes[1];
        StandardError = pipes[2];
    }

    public uint ProcessId { get; }

    public Task<uint?> Exited { get; }

    public bool IsOutOfMemory { get; private set; }

    public Stream? StandardInput { get; }

    public Stream? StandardOutput { get; }

    public Stream? StandardError { get; }

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

    public void Dispose()
    {
        StandardInput?.Dispose();
        StandardOutput?.Dispose();
        StandardError?.Dispose();
    }

    private async Task<uint?> ObserveAsync(Task<uint?> exited, Func<ulong> outOfMemoryKills, ulong before)
    {
        uint? code = await exited.ConfigureAwait(false);
        _process.Dispose();

        // The kernel counts its kills and does not say whom; one that a user killed meanwhile is counted in.
        IsOutOfMemory = code == Killed && outOfMemoryKills() > before;
        return code;
    }
}
