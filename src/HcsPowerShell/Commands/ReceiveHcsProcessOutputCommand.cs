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
/// Reads what processes wrote (hcsshim <c>Stdio</c>): lines of standard output to the pipeline, of standard error to
/// the error stream, or as warnings where an error would stop the pipeline. What is not received is kept, also when the
/// command is stopped in the middle of a line; it stays readable after the exit, until Close-HcsProcess.
/// </summary>
[Cmdlet(VerbsCommunications.Receive, "HcsProcessOutput", DefaultParameterSetName = ProcessSet,
    HelpUri = HelpPages.Address + "Receive-HcsProcessOutput.md")]
[OutputType(typeof(string), typeof(byte[]))]
public sealed class ReceiveHcsProcessOutputCommand : HcsProcessCommand
{
    // Overlapped pipes tell even of what is there only after a moment.
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(20);

    // More than any pipe holds: who writes without pause must not keep a command that asks for what is there now.
    private const long MostWithoutWait = 1024 * 1024;

    // A pipe can outlive its process, when a child of it holds the other end.
    private static readonly TimeSpan s_idleAfterExit = TimeSpan.FromSeconds(1);

    /// <summary>Follows the output to its end, one process after the other; without it comes what is there now.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter Wait { get; set; }

    /// <summary>Encoding of the output; by default UTF-8.</summary>
    [Parameter]
    [EncodingTransformation]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    public Encoding Encoding { get; set; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Standard output comes as byte arrays, unharmed; standard error stays lines.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter AsByteStream { get; set; }

    private protected override string Verb => "receive the output of";

    private protected override void Act(ProcessTarget target) =>
        Guard(Attempt(target), target.ProcessId, () =>
        {
            UnreadOutput output = ProcessPipes.RequireOutput(target);
            var clock = Stopwatch.StartNew();
            if (!output.Receiver.Wait(Wait ? MillisecondsLeft(clock) : 0, StopToken))
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

        // What ends without an end of line is a line once nothing can follow.
        bool last = over && tracked.Exited.IsCompleted;
        WriteRest(output.StandardOutput, last, HandObject);

        // Those that would stop the pipeline come last; what is behind the first is kept.
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
                + "What nobody received in time was dropped.");
        }
    }

    // Lines that would stop the pipeline are kept to the end, and there may be none.
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

        // What is there once the time has passed still comes, and so does the end of what has exited.
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
        if ((last || stream.HasEnded) && unread.Count > 0)
        {
            hand(unread, unread.Count, unread.PeekText(Encoding));
        }
    }

    /// <summary>
    /// A pipeline that is stopped has not taken what it was handed; one that ends itself (Select-Object -First) has.
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

    /// <summary>A line that itself stops the pipeline is told by the error that does so, and not again.</summary>
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
