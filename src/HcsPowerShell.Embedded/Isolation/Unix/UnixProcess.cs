using System.IO;
using System.Threading.Tasks;

namespace HcsPowerShell.Embedded.Isolation.Unix;

/// <summary>A child process with the pipes that were asked for.</summary>
internal sealed class UnixProcess(ChildProcess child, Stream? input, Stream? output, Stream? error) : ISandboxProcess
{
    public uint ProcessId => (uint)child.Key.ProcessId;

    public Task<uint?> Exited => child.Exited;

    public bool IsOutOfMemory => false;

    public Stream? StandardInput => input;

    public Stream? StandardOutput => output;

    public Stream? StandardError => error;

    public void Kill() => child.Kill();

    public void Dispose()
    {
        input?.Dispose();
        output?.Dispose();
        error?.Dispose();
    }
}
