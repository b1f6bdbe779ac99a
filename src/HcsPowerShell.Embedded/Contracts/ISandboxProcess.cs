using System;
using System.IO;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Contracts;

/// <summary>A process in a sandbox.</summary>
/// <remarks>
/// The streams belong to the caller that starts the process, and nothing here closes them. Disposing this object says
/// that no caller uses it any more; it does not kill the process.
/// </remarks>
internal interface ISandboxProcess : IDisposable
{
    /// <summary>Process id as the sandbox knows it.</summary>
    uint ProcessId { get; }

    /// <summary>Completes when the process has exited, as <see cref="ProcessExit.Of"/> describes it; never fails.</summary>
    Task<ProcessStatus> Exited { get; }

    /// <summary>
    /// Pipe to standard input, if requested. A write after the reader has closed its end throws IOException.
    /// </summary>
    Stream? StandardInput { get; }

    /// <summary>
    /// Pipe from standard output, if requested. Reads are cancellable and return end of file when every writer has
    /// closed it.
    /// </summary>
    Stream? StandardOutput { get; }

    /// <summary>Pipe from standard error, if requested.</summary>
    Stream? StandardError { get; }

    /// <summary>Its console; null for a process without one.</summary>
    IProcessConsole? Console { get; }

    /// <summary>Kills this process, not those it started. Does nothing when it has exited.</summary>
    void Kill();
}

/// <summary>Describes the exit of a process as HCS does.</summary>
internal static class ProcessExit
{
    /// <param name="processId">Id inside the container.</param>
    /// <param name="exitCode">Its exit code; null when the host cannot know it.</param>
    /// <param name="isOutOfMemory">True when it was killed because the memory of the sandbox was used up.</param>
    public static ProcessStatus Of(uint processId, uint? exitCode, bool isOutOfMemory = false) => new()
    {
        ProcessId = processId,
        Exited = true,
        ExitCode = exitCode ?? 0,
        OutOfMemory = isOutOfMemory,
        LastWaitResult = exitCode is null ? HResult.ElementNotFound : 0,
    };
}
