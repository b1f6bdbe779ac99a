using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Interop;

/// <summary>The standard streams of a process; a stream that was not requested is null.</summary>
/// <remarks>
/// Reads can be cancelled, and continue after the exit until the data is used up. The pipe is bounded, so a process
/// blocks when its output is not read. At the exit the data left in a pipe, up to 1 MiB, is taken into memory, and the
/// pipes close. While a child of the process still holds its pipe, the pipe stays open, and writes to it neither block
/// nor fail: the data is kept as long as there is room, and dropped after that and when the handle is closed.
/// </remarks>
public sealed record ProcessStdio(Stream? StandardInput, Stream? StandardOutput, Stream? StandardError)
{
    /// <summary>The streams of a process without pipes.</summary>
    public static ProcessStdio None { get; } = new(null, null, null);

    /// <summary>Completes when both pipes from the process have closed and all their data has been read.</summary>
    internal Task OutputOver => Task.WhenAll(OverOf(StandardOutput), OverOf(StandardError));

    /// <summary>True when data written after the exit was dropped: the output ends before that data.</summary>
    internal bool IsCut => StandardOutput is IOutputPipe { IsCut: true } || StandardError is IOutputPipe { IsCut: true };

    private static Task OverOf(Stream? stream) => stream switch
    {
        null => Task.CompletedTask,
        IOutputPipe pipe => pipe.Over,
        _ => Task.Delay(Timeout.Infinite),
    };
}

/// <summary>A pipe from a process that reports how its output ended.</summary>
internal interface IOutputPipe
{
    /// <summary>Completes when the pipe has closed and all data in memory has been read.</summary>
    Task Over { get; }

    /// <summary>True when data was dropped before this end was closed: the output ends before that data.</summary>
    bool IsCut { get; }
}
