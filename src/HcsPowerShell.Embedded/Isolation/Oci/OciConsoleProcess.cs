using System.IO;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Isolation.Unix;

namespace HcsPowerShell.Embedded.Isolation.Oci;

/// <summary>A process in a container with a console, which is one of the container's own <c>/dev/pts</c>.</summary>
internal sealed class OciConsoleProcess(OciProcess process, ProcessConsole console) : IConsoleProcess
{
    public uint ProcessId => process.ProcessId;

    public Task<uint?> Exited => process.Exited;

    public bool IsOutOfMemory => process.IsOutOfMemory;

    public Stream? StandardInput => console.Input;

    public Stream? StandardOutput => console.Output;

    public Stream? StandardError => null;

    public void Kill() => process.Kill();

    public void Resize(ushort width, ushort height) => console.Resize(width, height);

    public Task EndInputAsync() => console.EndInputAsync();

    public void Dispose() => console.Dispose();
}
