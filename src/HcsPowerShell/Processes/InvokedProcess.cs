using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Errors;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Streams;

namespace HcsPowerShell.Processes;

/// <summary>
/// Runs a process to its end: writes its input, reads its output, waits for its exit, and ends it when the run is
/// stopped.
/// </summary>
internal sealed class InvokedProcess(HcsProcess process, InvokeOptions options)
{
    // A child process may hold the pipe and continue to write.
    private static readonly TimeSpan s_toReadTheRest = TimeSpan.FromSeconds(1);

    private readonly LineSplitter _outputLines = new(options.Encoding);
    private readonly LineSplitter _errorLines = new(options.Encoding);
    private readonly List<string> _standardOutput = [];
    private readonly List<string> _standardError = [];
    private readonly TaskCompletionSource<bool> _failure = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _collected;
    private bool _inputGone;
    private bool _outputInPieces;
    private bool _errorsInPieces;

    private TrackedProcess Tracked => process.Tracked!;

    /// <summary>The process itself.</summary>
    public HcsProcess Process => process;

    /// <summary>Writes to standard input. Input that the process does not read is dropped, as in any pipe.</summary>
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

    /// <summary>
    /// Closes standard input, so that the process reads the end of its input. The run fails when the close is refused.
    /// </summary>
    public async Task CloseInputAsync(CancellationToken stop)
    {
        if (Tracked.Stdio.StandardInput is null)
        {
            return;
        }

        try
        {
            await Tracked.Handle.CloseStdinAsync(stop).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The process would wait forever. A process that has exited meanwhile needs no end of its input: its run is
            // over.
            _failure.TrySetException(e);
        }
    }

    /// <summary>
    /// Reads the output and waits for the end of the run. In every case, the output up to the end is written.
    /// </summary>
    /// <exception cref="TimeoutException">The time has passed; the process was ended.</exception>
    /// <exception cref="ProcessExitCodeException">The exit code is not 0, and that is an error.</exception>
    /// <exception cref="Exception">The input could not be closed; the process was ended.</exception>
    public async Task RunAsync(ICommandOutput output, Deadline deadline)
    {
        CancellationToken stop = deadline.Stop;
        using var closed = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task<bool> reading = ReadAsync(output, closed.Token);
        Task run = deadline.WaitAsync(EndAsync(reading), "the process was ended");
        await Task.WhenAny(run).ConfigureAwait(false);

        // The process is ended only now, if it still runs. Its output is in the pipe, and the reader takes it.
        await AbandonedProcess.KillAsync(Tracked).ConfigureAwait(false);
        if (!reading.IsCompleted)
        {
            await Task.WhenAny(reading, Task.Delay(s_toReadTheRest, stop)).ConfigureAwait(false);
        }

        closed.Cancel();
        Tracked.Close();
        await Task.WhenAny(reading).ConfigureAwait(false);

        stop.ThrowIfCancellationRequested();
        WriteOutput(output, _outputLines.End());
        WriteErrors(output, _errorLines.End());
        if (reading.Status == TaskStatus.RanToCompletion && !await reading.ConfigureAwait(false))
        {
            output.Warning(
                $"Process {process} has exited; a process it started still holds its output, and what that writes is dropped.");
        }

        if (!options.PassThru)
        {
            await RequireSuccessAsync(run).ConfigureAwait(false);
            return;
        }

        HcsProcessResult result = Result(run);
        output.Object(result);
        try
        {
            await RequireSuccessAsync(run).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // When the error stops the pipeline, the result does not reach the user's variable. The error carries it
            // instead.
            throw new FailedRunException(e, result);
        }
    }

    private HcsProcessResult Result(Task run) => new(process)
    {
        StandardOutput = _standardOutput,
        StandardError = _standardError,
        HasTimedOut = run.Exception?.InnerException is TimeoutException,
    };

    private async Task RequireSuccessAsync(Task run)
    {
        await run.ConfigureAwait(false);
        if (options.ExitCodeIsError && process.LastExitCode != 0)
        {
            throw new ProcessExitCodeException(process);
        }
    }

    // True when both streams were read to their ends.
    private async Task<bool> ReadAsync(ICommandOutput output, CancellationToken stop)
    {
        bool[] ended = await Task.WhenAll(
            OutputPump.RunAsync(
                Tracked.Stdio.StandardOutput,
                Tracked.Exited,
                (bytes, count) => WriteOutput(
                    output, options.AsByteStream ? [Copy(bytes, count)] : _outputLines.Add(bytes, count)),
                stop),
            OutputPump.RunAsync(
                Tracked.Stdio.StandardError,
                Tracked.Exited,
                (bytes, count) => WriteErrors(output, _errorLines.Add(bytes, count)),
                stop)).ConfigureAwait(false);
        return !ended.Contains(false);
    }

    private async Task<bool> EndAsync(Task reading) =>
        await (await Task.WhenAny(ReadAndExitAsync(reading), _failure.Task).ConfigureAwait(false)).ConfigureAwait(false);

    private async Task<bool> ReadAndExitAsync(Task reading)
    {
        await reading.ConfigureAwait(false);
        await Tracked.Exited.ConfigureAwait(false);
        return true;
    }

    private void WriteOutput(ICommandOutput output, IReadOnlyList<object> lines)
    {
        WarnOfPieces(output, _outputLines, ref _outputInPieces);
        if (options.PassThru)
        {
            foreach (string line in lines.Cast<string>())
            {
                Collect(_standardOutput, line);
            }
        }
        else if (lines.Count > 0 && HasRoom(output.Held))
        {
            output.Objects(lines);
        }
    }

    private void Collect(List<string> lines, string line)
    {
        _collected += line.Length;
        if (HasRoom(_collected))
        {
            lines.Add(line);
        }
    }

    // Without room, the run ends, and the process with it.
    private bool HasRoom(long held)
    {
        if (held > OutputLimit.Most)
        {
            _failure.TrySetException(new OutputLimitException(OutputLimit.Most));
        }

        return held <= OutputLimit.Most;
    }

    private void WriteErrors(ICommandOutput output, IReadOnlyList<object> lines)
    {
        WarnOfPieces(output, _errorLines, ref _errorsInPieces);
        foreach (string line in lines.Cast<string>())
        {
            if (options.PassThru)
            {
                Collect(_standardError, line);
            }
            else if (HasRoom(output.Held))
            {
                output.StandardError(line, process);
            }
        }
    }

    private void WarnOfPieces(ICommandOutput output, LineSplitter lines, ref bool isTold)
    {
        if (lines.HasPieces && !isTold)
        {
            isTold = true;
            output.Warning(LongestLine.Warning(process.ToString()));
        }
    }

    private static byte[] Copy(byte[] bytes, int count)
    {
        byte[] copy = new byte[count];
        Buffer.BlockCopy(bytes, 0, copy, 0, count);
        return copy;
    }
}

/// <summary>The options for the run of a process.</summary>
/// <param name="Encoding">The encoding of input and output.</param>
/// <param name="AsByteStream">True when output is written as byte arrays.</param>
/// <param name="PassThru">True when output is collected into one result object.</param>
/// <param name="ExitCodeIsError">True when an exit code other than 0 is an error.</param>
internal sealed record InvokeOptions(
    Encoding Encoding, bool AsByteStream, bool PassThru, bool ExitCodeIsError);
