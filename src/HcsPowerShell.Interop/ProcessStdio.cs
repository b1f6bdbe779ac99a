using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Interop;

/// <summary>The standard streams of a process; a stream that was not asked for is null.</summary>
/// <remarks>
/// Reading is cancellable and goes on after the exit until the data is used up; the pipe is bounded, so a process whose
/// output nobody reads blocks. With the exit what is left in a pipe, up to 1 MiB, is taken into memory, and the pipes close.
/// While a process that was started by this one holds its pipe, it stays open, and what is written to it then neither blocks
/// nor fails: it is kept as far as there is room, and dropped after that and when the handle is closed.
/// </remarks>
public sealed record ProcessStdio(Stream? StandardInput, Stream? StandardOutput, Stream? StandardError)
{
    /// <summary>A process without pipes.</summary>
    public static ProcessStdio None { get; } = new(null, null, null);

    /// <summary>Completes when both pipes from the process have closed and everything in them was read.</summary>
    internal Task OutputOver => Task.WhenAll(OverOf(StandardOutput), OverOf(StandardError));

    /// <summary>Something that was written after the exit was dropped: the output ends before it.</summary>
    internal bool IsCut => StandardOutput is IOutputPipe { IsCut: true } || StandardError is IOutputPipe { IsCut: true };

    private static Task OverOf(Stream? stream) => stream switch
    {
        null => Task.CompletedTask,
        IOutputPipe pipe => pipe.Over,
        _ => Task.Delay(Timeout.Infinite),
    };
}

/// <summary>A pipe from a process that tells how it ended.</summary>
internal interface IOutputPipe
{
    /// <summary>Completes when the pipe has closed and everything in memory was read.</summary>
    Task Over { get; }

    /// <summary>Something was dropped before this end was closed: the output ends before it.</summary>
    bool IsCut { get; }
}
