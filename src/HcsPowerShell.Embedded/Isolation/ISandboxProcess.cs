using System;
using System.IO;
using System.Threading.Tasks;

namespace HcsPowerShell.Embedded.Isolation;

/// <summary>A process in a sandbox.</summary>
/// <remarks>Disposing it closes the streams; it does not kill the process.</remarks>
internal interface ISandboxProcess : IDisposable
{
    /// <summary>Process id as the sandbox knows it.</summary>
    uint ProcessId { get; }

    /// <summary>Completes when the process has exited, with its exit code, or null when nobody can know it; never fails.</summary>
    Task<uint?> Exited { get; }

    /// <summary>It was killed because the memory of the sandbox was used up; known once it has exited.</summary>
    bool IsOutOfMemory { get; }

    /// <summary>Pipe to standard input, when asked for. Writing after the reader has gone throws IOException.</summary>
    Stream? StandardInput { get; }

    /// <summary>Pipe from standard output, when asked for: cancellable reads, end of file when every writer has gone.</summary>
    Stream? StandardOutput { get; }

    /// <summary>Pipe from standard error, when asked for.</summary>
    Stream? StandardError { get; }

    /// <summary>Kills this process, not those it started. Does nothing when it has exited.</summary>
    void Kill();
}
