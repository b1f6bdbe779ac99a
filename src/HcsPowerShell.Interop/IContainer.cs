using System;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop;

/// <summary>A handle on a compute system: hcsshim's <c>Container</c>.</summary>
/// <remarks>
/// Every method fails with <see cref="HcsException"/>; on a closed handle with <see cref="HResult.InvalidHandle"/>. For
/// cancelling and time-outs see <see cref="IComputeService"/>. Once the exit is known, a call that is still waited for ends:
/// what was to end the system succeeds, a start fails with <see cref="HResult.TerminatedDuringStart"/>, all else with
/// <see cref="HResult.SystemAlreadyStopped"/>.
/// </remarks>
public interface IContainer
{
    /// <summary>Id of the system, in the case it was created with.</summary>
    string Id { get; }

    /// <summary>
    /// How the system ended. One task for any number of waiters, early or late: exit is a state, not a message.
    /// It fails when the service disconnects or the handle is closed before the exit; it never reports an exit that
    /// did not happen.
    /// </summary>
    Task<SystemExitStatus> Exited { get; }

    /// <summary>What the service reports of this system. Raised on a pool thread, never on a thread of HCS.</summary>
    event Action<ComputeSystemEvent>? EventReceived;

    /// <summary>Starts the system (hcsshim <c>Start</c>).</summary>
    Task StartAsync(CallOptions options);

    /// <summary>Asks the system to shut down (hcsshim <c>Shutdown</c>); await <see cref="Exited"/> for the end.</summary>
    Task ShutdownAsync(CallOptions options);

    /// <summary>Ends the system at once (hcsshim <c>Terminate</c>); await <see cref="Exited"/> for the end.</summary>
    Task TerminateAsync(CallOptions options);

    /// <summary>Pauses the system (hcsshim <c>Pause</c>).</summary>
    Task PauseAsync(CallOptions options);

    /// <summary>Lets a paused system go on (hcsshim <c>Resume</c>).</summary>
    Task ResumeAsync(CallOptions options);

    /// <summary>The base properties and those of the query (hcsshim <c>Statistics</c>, <c>ProcessList</c>,
    /// <c>MappedVirtualDisks</c>, <c>HasPendingUpdates</c>).</summary>
    Task<ContainerProperties> GetPropertiesAsync(PropertyQuery query, CallOptions options);

    /// <summary>Starts a process in the running system (hcsshim <c>CreateProcess</c>).</summary>
    /// <returns>A handle; the caller closes it.</returns>
    Task<IProcess> CreateProcessAsync(ProcessConfig config, CallOptions options);

    /// <summary>Opens a process by id (hcsshim <c>OpenProcess</c>).</summary>
    /// <returns>A handle of its own, without the standard streams; the caller closes it.</returns>
    Task<IProcess> OpenProcessAsync(uint processId, CallOptions options);

    /// <summary>Changes a resource (hcsshim <c>Modify</c>).</summary>
    /// <param name="request">A schema 1 or schema 2 request, as the system was created.</param>
    /// <param name="options">How long to wait.</param>
    Task ModifyAsync(string request, CallOptions options);

    /// <summary>
    /// Closes the handle (hcsshim <c>Close</c>): what waits on it ends at once, and the adapter lets go of it when no call is
    /// at work on it any more. Idempotent; it neither terminates nor waits, unless the system was created to end with its
    /// last handle and this is it.
    /// </summary>
    void Close();
}
