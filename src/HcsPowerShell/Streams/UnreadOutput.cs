using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Streams;

/// <summary>What a process wrote to its pipes and nobody has received yet.</summary>
internal sealed class UnreadOutput(ProcessStdio stdio)
{
    public UnreadStream StandardOutput { get; } = new(stdio.StandardOutput);

    public UnreadStream StandardError { get; } = new(stdio.StandardError);

    /// <summary>Held by the one command that receives.</summary>
    public SemaphoreSlim Receiver { get; } = new(1, 1);

    /// <summary>Bytes that have come so far.</summary>
    public long Received => StandardOutput.Received + StandardError.Received;

    /// <summary>Something was dropped because nobody received it: the output ends before it.</summary>
    public bool IsCut => stdio.IsCut;

    /// <summary>Nothing more will come from either.</summary>
    public bool HasEnded => StandardOutput.HasEnded && StandardError.HasEnded;

    /// <summary>Completes when something has come from either, or an end.</summary>
    public Task Arrival => Task.WhenAny(
        new[] { StandardOutput, StandardError }.Where(stream => !stream.HasEnded).Select(stream => stream.Arrival));

    /// <summary>Takes in what has arrived; true when there was something.</summary>
    public bool Receive() => StandardOutput.Receive() | StandardError.Receive();
}
