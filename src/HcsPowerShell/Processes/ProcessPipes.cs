using System.IO;
using HcsPowerShell.Errors;
using HcsPowerShell.Hosts;
using HcsPowerShell.Streams;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Processes;

/// <summary>Finds the pipes of a process, or reports why there are none.</summary>
internal static class ProcessPipes
{
    // HCS gives the pipes only to the caller that starts a process, and only once.
    private const string Advice = "Start it in this session with {0}; only the session that starts a process gets its pipes.";

    /// <exception cref="ProcessPipeException">This session has no pipe to its standard input.</exception>
    public static Stream RequireInput(ProcessTarget target) =>
        Open(target)?.Stdio.StandardInput ?? throw new ProcessPipeException(
            "this session has no pipe to its standard input.", string.Format(null, Advice, "-CreateStdInPipe"));

    /// <exception cref="ProcessPipeException">This session has no pipe from its standard output or error.</exception>
    public static UnreadOutput RequireOutput(ProcessTarget target) =>
        Open(target) is { } tracked && tracked.Stdio is not { StandardOutput: null, StandardError: null }
            ? tracked.Output
            : throw new ProcessPipeException(
                "this session has no pipe from its standard output or error.",
                string.Format(null, Advice, "-CreateStdOutPipe or -CreateStdErrPipe"));

    private static TrackedProcess? Open(ProcessTarget target) =>
        target.Tracked is { IsClosed: false } tracked ? tracked : null;
}
