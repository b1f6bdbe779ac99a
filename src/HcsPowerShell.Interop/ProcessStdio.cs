using System.IO;

namespace HcsPowerShell.Interop;

/// <summary>The standard streams of a process; a stream that was not asked for is null.</summary>
/// <remarks>
/// Reading is cancellable and goes on after the exit until the data is used up; the pipe is bounded, so a process whose
/// output nobody reads blocks.
/// </remarks>
public sealed record ProcessStdio(Stream? StandardInput, Stream? StandardOutput, Stream? StandardError)
{
    /// <summary>A process without pipes.</summary>
    public static ProcessStdio None { get; } = new(null, null, null);
}
