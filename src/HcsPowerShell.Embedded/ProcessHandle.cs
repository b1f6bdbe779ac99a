using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Isolation;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded;

/// <summary>One handle on a process of the embedded host.</summary>
internal sealed class ProcessHandle : IProcess
{
    private readonly ContainerProcess _process;
    private readonly bool _ownsStreams;
    private readonly HandleLife<ProcessStatus> _life;
    private readonly ProcessStdio _stdio;

    public ProcessHandle(string containerId, ContainerProcess process, bool ownsStreams)
    {
        _process = process;
        _ownsStreams = ownsStreams;
        _life = new HandleLife<ProcessStatus>(
            process.Exited, () => Refusal.HandleClosed(containerId, nameof(Close)));
        _stdio = ownsStreams
            ? new ProcessStdio(
                process.Process.StandardInput, process.Process.StandardOutput, process.Process.StandardError)
            : ProcessStdio.None;
    }

    public uint ProcessId => _process.ProcessId;

    public Task<ProcessStatus> Exited => _life.Exited;

    public Task KillAsync(CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            _life.ThrowIfClosed();
            _process.Kill();
            return Task.CompletedTask;
        }
        catch (HcsException e)
        {
            return Task.FromException(e);
        }
    }

    public Task ResizeConsoleAsync(ushort width, ushort height, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            _life.ThrowIfClosed();
            _process.ResizeConsole(width, height);
            return Task.CompletedTask;
        }
        catch (HcsException e)
        {
            return Task.FromException(e);
        }
    }

    public Task<ProcessStdio> GetStdioAsync(CancellationToken cancellationToken)
    {
        try
        {
            _life.ThrowIfClosed();
            return Task.FromResult(_stdio);
        }
        catch (HcsException e)
        {
            return Task.FromException<ProcessStdio>(e);
        }
    }

    public Task CloseStdinAsync(CancellationToken cancellationToken)
    {
        try
        {
            _life.ThrowIfClosed();
            if (_ownsStreams && _process.Process is IConsoleProcess console)
            {
                return console.EndInputAsync();
            }

            _stdio.StandardInput?.Dispose();
            return Task.CompletedTask;
        }
        catch (HcsException e)
        {
            return Task.FromException(e);
        }
    }

    public void Close()
    {
        if (_life.Close() && _ownsStreams)
        {
            _process.Process.Dispose();
        }
    }
}
