using System;
using System.Diagnostics;
using System.Management.Automation;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Completion;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Processes;
using HcsPowerShell.Streams;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>
/// Reads the output of processes (hcsshim <c>Stdio</c>). Lines of standard output go to the pipeline. Lines of standard
/// error go to the error stream, or are warnings when an error would stop the pipeline. Output that is not received is
/// kept, also when the command is stopped in the middle of a line. It stays readable after the exit, until
/// Close-HcsProcess.
/// </summary>
[Cmdlet(VerbsCommunications.Receive, "HcsProcessOutput", DefaultParameterSetName = ProcessSet,
    HelpUri = HelpPages.Address + "Receive-HcsProcessOutput.md")]
[OutputType(typeof(string), typeof(byte[]))]
public sealed class ReceiveHcsProcessOutputCommand : HcsProcessCommand
{
    // Overlapped pipes report even available data only after a moment.
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(20);

    // More than any pipe holds. A process that writes without pause must not hold up a command that only reads the
    // available output.
    private const long MostWithoutWait = 1024 * 1024;

    // A pipe can outlive its process when a child process holds the other end.
    private static readonly TimeSpan s_idleAfterExit = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Follows the output to its end, one process after the other; without it, the command reads the available output.
    /// </summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter Wait { get; set; }

    /// <summary>Encoding of the output; by default UTF-8.</summary>
    [Parameter]
    [EncodingTransformation]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    public Encoding Encoding { get; set; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes standard output as byte arrays, unchanged; standard error stays lines.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter AsByteStream { get; set; }

    private protected override string Verb => "receive the output of";

    private protected override void Act(ProcessTarget target) =>
        Guard(Attempt(target), target.ProcessId, () =>
        {
            UnreadOutput output = ProcessPipes.RequireOutput(target);
            var clock = Stopwatch.StartNew();
            if (!output.Receiver.WaitAsync(Wait ? MillisecondsLeft(clock) : 0, StopToken).GetAwaiter().GetResult())
            {
                ThrowIfFollowing();
                WriteVerbose($"Another command receives the output of {target}.");
                return;
            }

            try
            {
                Receive(target, target.Tracked!, output, clock);
            }
            finally
            {
                output.Receiver.Release();
            }
        });

    private void Receive(ProcessTarget target, TrackedProcess tracked, UnreadOutput output, Stopwatch clock)
    {
        HcsProcess process = target.Describe();
        long before = output.Received;
        bool over;
        do
        {
            Write(output, process);
            over = output.HasEnded || IsIdle(tracked, output, clock);
        }
        while (!over && !IsFull(output) && output.Receive() && MayGoOn(tracked, output, clock, output.Received - before));

        if (!over && !IsFull(output))
        {
            ThrowIfFollowing();
        }

        // Text without a line end is a line once nothing can follow it.
        bool last = over && tracked.Exited.IsCompleted;
        WriteRest(output.StandardOutput, last, HandObject);

        // Error lines that would stop the pipeline come last. The lines after the first one are kept.
        WriteErrorLines(output, process);
        WriteRest(
            output.StandardError, last, (unread, length, line) => HandErrorLine(unread, length, line, process));
        if (last)
        {
            WarnOfOthers(output, process);
        }
    }

    private void WarnOfOthers(UnreadOutput output, HcsProcess process)
    {
        if (!output.HasEnded)
        {
            WriteWarning(
                $"Process {process} has exited; a process it started still holds its output. What that writes can be "
                + "received later, as far as there is room for it.");
        }
        else if (output.IsCut)
        {
            WriteWarning(
                $"A process that process {process} started wrote more after its exit than there is room for. "
                + "Output that was not received in time was dropped.");
        }
    }

    // Lines that would stop the pipeline are kept until the end of the output, which may never come.
    private bool IsFull(UnreadOutput output) =>
        StandardErrorLine.WouldStop(Preferences) && output.StandardError.Unread.Count > MostWithoutWait;

    private bool IsIdle(TrackedProcess tracked, UnreadOutput output, Stopwatch clock)
    {
        Task arrival = output.Arrival;
        if (Wait && !Task.WhenAny(arrival, tracked.Exited).Wait(MillisecondsLeft(clock), StopToken))
        {
            ThrowIfFollowing();
        }

        TimeSpan patience = tracked.Exited.IsCompleted ? s_idleAfterExit : s_moment;
        return !arrival.Wait((int)patience.TotalMilliseconds, StopToken);
    }

    private bool MayGoOn(TrackedProcess tracked, UnreadOutput output, Stopwatch clock, long taken)
    {
        if (Wait && (TimeoutSec is null || clock.Elapsed.TotalSeconds < TimeoutSec))
        {
            return true;
        }

        // Output that is available when the time has passed is still read, and so is the end of the output after an
        // exit.
        bool isMoreThere = output.HasEnded || tracked.Exited.IsCompleted || output.Arrival.IsCompleted;
        return (!Wait || isMoreThere) && taken < MostWithoutWait;
    }

    private int MillisecondsLeft(Stopwatch clock) => TimeoutSec is { } limit
        ? (int)Math.Max(s_moment.TotalMilliseconds, (TimeSpan.FromSeconds(limit) - clock.Elapsed).TotalMilliseconds)
        : Timeout.Infinite;

    private void ThrowIfFollowing()
    {
        if (Wait)
        {
            throw new TimeoutException($"{TimeoutSec} s have passed; its output has not ended.");
        }
    }

    private void Write(UnreadOutput output, HcsProcess process)
    {
        UnreadBytes standardOutput = output.StandardOutput.Unread;
        if (!AsByteStream)
        {
            WriteLines(standardOutput, process, HandObject);
        }
        else if (standardOutput.Count > 0)
        {
            HandObject(standardOutput, standardOutput.Count, standardOutput.PeekBytes());
        }

        if (!StandardErrorLine.WouldStop(Preferences))
        {
            WriteErrorLines(output, process);
        }
    }

    private void WriteErrorLines(UnreadOutput output, HcsProcess process) =>
        WriteLines(
            output.StandardError.Unread,
            process,
            (unread, length, line) => HandErrorLine(unread, length, line, process));

    private void WriteLines(UnreadBytes unread, HcsProcess process, Action<UnreadBytes, int, string> hand)
    {
        while (unread.PeekLine(Encoding) is var (text, length, isPiece))
        {
            if (isPiece && !unread.HasPieces)
            {
                unread.HasPieces = true;
                WriteWarning(LongestLine.Warning(process.ToString()));
            }

            hand(unread, length, text);
        }
    }

    private void WriteRest(UnreadStream stream, bool last, Action<UnreadBytes, int, string> hand)
    {
        UnreadBytes unread = stream.Unread;
        if ((last || stream.HasEnded) && unread.PeekText(Encoding) is { Length: > 0 } text)
        {
            hand(unread, unread.Count, text);
        }
    }

    /// <summary>
    /// A stopped pipeline has not taken the object that it was handed. A pipeline that ends itself (Select-Object
    /// -First) has.
    /// </summary>
    private void HandObject(UnreadBytes unread, int length, object value)
    {
        bool taken = true;
        try
        {
            WriteObject(value);
        }
        catch (PipelineStoppedException)
        {
            taken = false;
            throw;
        }
        finally
        {
            unread.Take(taken ? length : 0);
        }
    }

    /// <summary>A line that itself stops the pipeline is reported by the error that does so, and not again.</summary>
    private void HandErrorLine(UnreadBytes unread, int length, string line, HcsProcess process)
    {
        bool told = true;
        try
        {
            StandardErrorLine.Write(this, Preferences, line, process);
        }
        catch (PipelineStoppedException) when (StopToken.IsCancellationRequested || !StandardErrorLine.WouldStop(Preferences))
        {
            told = false;
            throw;
        }
        finally
        {
            unread.Take(told ? length : 0);
        }
    }
}
