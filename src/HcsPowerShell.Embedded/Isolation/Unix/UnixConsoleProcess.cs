using System.IO;
using System.Threading.Tasks;

namespace HcsPowerShell.Embedded.Isolation.Unix;

/// <summary>A child process with a console.</summary>
internal sealed class UnixConsoleProcess(ChildProcess child, ProcessConsole console) : IConsoleProcess
{
    public uint ProcessId => (uint)child.Key.ProcessId;

    public Task<uint?> Exited => child.Exited;

    public bool IsOutOfMemory => false;

    public Stream? StandardInput => console.Input;

    public Stream? StandardOutput => console.Output;

    public Stream? StandardError => null;

    public void Kill() => child.Kill();

    public void Resize(ushort width, ushort height) => console.Resize(width, height);

    public Task EndInputAsync() => console.EndInputAsync();

    public void Dispose() => console.Dispose();
}
