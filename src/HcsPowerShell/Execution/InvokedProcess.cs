using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Abstractions;
using HcsPowerShell.Errors;
using HcsPowerShell.Hosts;

namespace HcsPowerShell.Execution;

/// <summary>A process that is run to its end: fed, read, waited for, and ended when its run is given up.</summary>
internal sealed class InvokedProcess(HcsProcess process, InvokeOptions options)
{
    private readonly List<string> _standardOutput = [];
    private readonly List<string> _standardError = [];
    private bool _inputGone;

    private TrackedProcess Tracked => process.Tracked!;

    /// <summary>The process itself.</summary>
    public HcsProcess Process => process;

    /// <summary>Writes to standard input; what the process does not want to read is dropped, as in any pipe.</summary>
    public async Task WriteInputAsync(byte[] bytes, CancellationToken stop)
    {
        if (_inputGone || Tracked.Stdio.StandardInput is not { } input)
        {
            return;
        }

        try
        {
            await input.WriteAsync(bytes, 0, bytes.Length, stop).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            _inputGone = true;
        }
    }

    /// <summary>Closes standard input, so that the process reads its end.</summary>
    public Task CloseInputAsync(CancellationToken stop) => Tracked.Handle.CloseStdinAsync(stop);

    /// <summary>Reads and waits to the end.</summary>
    /// <exception cref="TimeoutException">The time has passed; the process was ended.</exception>
    public async Task RunAsync(ICommandOutput output, CancellationToken stop)
    {
        try
        {
            await Deadline.WithinAsync(
                options.TimeoutSec, stop, token => ReadToEndAsync(output, token), "the process was ended")
                .ConfigureAwait(false);
            if (options.PassThru)
            {
                output.Object(new HcsProcessResult(process)
                {
                    StandardOutput = _standardOutput,
                    StandardError = _standardError,
                });
            }
        }
        finally
        {
            await AbandonedProcess.EndAsync(Tracked).ConfigureAwait(false);
        }
    }

    private async Task ReadToEndAsync(ICommandOutput output, CancellationToken stop)
    {
        var lines = new LineSplitter(options.Encoding);
        var errors = new LineSplitter(options.Encoding);
        bool[] ended = await Task.WhenAll(
            OutputPump.RunAsync(
                Tracked.Stdio.StandardOutput,
                Tracked.Exited,
                (bytes, count) => WriteOutput(output, options.AsByteStream ? [Copy(bytes, count)] : lines.Add(bytes, count)),
                stop),
            OutputPump.RunAsync(
                Tracked.Stdio.StandardError,
                Tracked.Exited,
                (bytes, count) => WriteErrors(output, errors.Add(bytes, count)),
                stop)).ConfigureAwait(false);
        if (ended.Contains(false))
        {
            output.Verbose($"{process} has exited; a process it started still holds its output, which is not followed.");
        }

        WriteOutput(output, lines.End());
        WriteErrors(output, errors.End());
        await Tracked.Exited.ConfigureAwait(false);
    }

    private void WriteOutput(ICommandOutput output, IReadOnlyList<object> lines)
    {
        if (options.PassThru)
        {
            _standardOutput.AddRange(lines.Cast<string>());
        }
        else if (lines.Count > 0)
        {
            output.Objects(lines);
        }
    }

    private void WriteErrors(ICommandOutput output, IReadOnlyList<object> lines)
    {
        foreach (string line in lines.Cast<string>())
        {
            if (options.PassThru)
            {
                _standardError.Add(line);
            }
            else
            {
                output.Error(HcsErrors.StandardError(line, process));
            }
        }
    }

    private static byte[] Copy(byte[] bytes, int count)
    {
        byte[] copy = new byte[count];
        Buffer.BlockCopy(bytes, 0, copy, 0, count);
        return copy;
    }
}
