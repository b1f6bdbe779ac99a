using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Tests.Faults;

/// <summary>A process that exits when the test demands it.</summary>
internal sealed class ObedientProcess(CallLog log) : IProcess
{
    private readonly TaskCompletionSource<ProcessStatus> _exited = new();

    public uint ProcessId => 7;

    public Task<ProcessStatus> Exited => _exited.Task;

    public Task KillAsync(CallOptions options) => log.Do("Kill", true);

    public Task ResizeConsoleAsync(ushort width, ushort height, CallOptions options) =>
        log.Do("ResizeConsole", true);

    public Task<ProcessStdio> GetStdioAsync(CallOptions options) => log.Do("Stdio", ProcessStdio.None);

    public Task CloseStdinAsync(CallOptions options) => log.Do("CloseStdin", true);

    public void Close() => log.Add("ProcessClose");

    public void Exit() => _exited.TrySetResult(new ProcessStatus { ProcessId = 7, Exited = true, ExitCode = 3 });
}
