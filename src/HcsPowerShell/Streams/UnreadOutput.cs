using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Streams;

/// <summary>The output of a process in its pipes that no command has received yet.</summary>
internal sealed class UnreadOutput(ProcessStdio stdio)
{
    public UnreadStream StandardOutput { get; } = new(stdio.StandardOutput);

    public UnreadStream StandardError { get; } = new(stdio.StandardError);

    /// <summary>The lock that the receiving command holds; only one command receives at a time.</summary>
    public SemaphoreSlim Receiver { get; } = new(1, 1);

    /// <summary>The number of bytes that have come so far.</summary>
    public long Received => StandardOutput.Received + StandardError.Received;

    /// <summary>
    /// True when output was dropped because no command received it in time; the output ends before it.
    /// </summary>
    public bool IsCut => stdio.IsCut;

    /// <summary>True when both streams have ended.</summary>
    public bool HasEnded => StandardOutput.HasEnded && StandardError.HasEnded;

    /// <summary>Completes when data or the end has come from either stream.</summary>
    public Task Arrival => Task.WhenAny(
        new[] { StandardOutput, StandardError }.Where(stream => !stream.HasEnded).Select(stream => stream.Arrival));

    /// <summary>Takes in the data that has arrived; true when there was any data or an end.</summary>
    public bool Receive() => StandardOutput.Receive() | StandardError.Receive();
}
