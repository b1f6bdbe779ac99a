using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop;

/// <summary>A handle on a process in a compute system: hcsshim's <c>Process</c>.</summary>
/// <remarks>Every method fails with <see cref="HcsException"/>, as those of <see cref="IContainer"/> do.</remarks>
public interface IProcess
{
    /// <summary>Process id inside the container (hcsshim <c>Pid</c>).</summary>
    uint ProcessId { get; }

    /// <summary>
    /// The exit status of the process (hcsshim <c>Wait</c>, <c>ExitCode</c>). All callers get the same task, before and
    /// after the exit; it fails when the service disconnects or the handle is closed before the exit.
    /// </summary>
    Task<ProcessStatus> Exited { get; }

    /// <summary>Ends the process at once (hcsshim <c>Kill</c>).</summary>
    /// <exception cref="HcsException"><see cref="HResult.ProcessAlreadyStopped"/> when it has exited; a second kill of
    /// a process that is still ending succeeds.</exception>
    Task KillAsync(CallOptions options);

    /// <summary>Resizes the console of a process started with one (hcsshim <c>ResizeConsole</c>).</summary>
    Task ResizeConsoleAsync(ushort width, ushort height, CallOptions options);

    /// <summary>
    /// Gets the pipes that were requested at the start (hcsshim <c>Stdio</c>). A pipe can have one reader only, so
    /// every call returns the same streams; <see cref="Close"/> closes them.
    /// </summary>
    Task<ProcessStdio> GetStdioAsync(CallOptions options);

    /// <summary>
    /// Closes standard input, so that the process reads its end (hcsshim <c>CloseStdin</c>). Idempotent.
    /// </summary>
    Task CloseStdinAsync(CallOptions options);

    /// <summary>
    /// Closes the handle and its streams (hcsshim <c>Close</c>). Idempotent; neither kills nor waits.
    /// </summary>
    void Close();
}
