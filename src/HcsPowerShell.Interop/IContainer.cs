using System;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop;

/// <summary>A handle on a compute system: hcsshim's <c>Container</c>.</summary>
/// <remarks>
/// Every method fails with <see cref="HcsException"/>; on a closed handle with <see cref="HResult.InvalidHandle"/>. For
/// cancellation and time-outs see <see cref="IComputeService"/>. Once the exit is known, every pending call ends: a
/// shutdown or terminate succeeds, a start fails with <see cref="HResult.TerminatedDuringStart"/>, any other call with
/// <see cref="HResult.SystemAlreadyStopped"/>.
/// </remarks>
public interface IContainer
{
    /// <summary>Id of the system, in the case it was created with.</summary>
    string Id { get; }

    /// <summary>
    /// The exit status of the system. All callers get the same task, before and after the exit: exit is a state, not a
    /// message. The task fails when the service disconnects or the handle is closed before the exit; it never reports
    /// an exit that did not happen.
    /// </summary>
    Task<SystemExitStatus> Exited { get; }

    /// <summary>
    /// Occurs when the service reports an event of this system. Raised on a pool thread, never on a thread of HCS.
    /// </summary>
    event Action<ComputeSystemEvent>? EventReceived;

    /// <summary>Starts the system (hcsshim <c>Start</c>).</summary>
    Task StartAsync(CallOptions options);

    /// <summary>
    /// Asks the system to shut down (hcsshim <c>Shutdown</c>); await <see cref="Exited"/> for the end.
    /// </summary>
    Task ShutdownAsync(CallOptions options);

    /// <summary>Ends the system at once (hcsshim <c>Terminate</c>); await <see cref="Exited"/> for the end.</summary>
    Task TerminateAsync(CallOptions options);

    /// <summary>Pauses the system (hcsshim <c>Pause</c>).</summary>
    Task PauseAsync(CallOptions options);

    /// <summary>Resumes a paused system (hcsshim <c>Resume</c>).</summary>
    Task ResumeAsync(CallOptions options);

    /// <summary>
    /// Saves the memory and the devices of a paused virtual machine to a file (hcsshim <c>Save</c>). The machine has ended
    /// then. A container that shares the kernel of its host cannot be saved.
    /// </summary>
    /// <param name="path">
    /// The absolute path of a file that <see cref="IMachineService.CreateStateFileAsync"/> has made, and that the machine may
    /// use.
    /// </param>
    /// <param name="options">How long to wait.</param>
    Task SaveAsync(string path, CallOptions options);

    /// <summary>
    /// Makes the operating system of a virtual machine crash (HcsCrashComputeSystem). A dump is written where the document
    /// has <c>GuestCrashReporting</c>; the events <see cref="ComputeSystemEventType.SystemCrashInitiated"/> and
    /// <see cref="ComputeSystemEventType.SystemCrashReport"/> tell of it.
    /// </summary>
    Task CrashAsync(CallOptions options);

    /// <summary>
    /// Gets the base properties and those of the query (hcsshim <c>Statistics</c>, <c>ProcessList</c>,
    /// <c>MappedVirtualDisks</c>, <c>HasPendingUpdates</c>).
    /// </summary>
    Task<ContainerProperties> GetPropertiesAsync(PropertyQuery query, CallOptions options);

    /// <summary>Starts a process in the running system (hcsshim <c>CreateProcess</c>).</summary>
    /// <returns>A handle; the caller closes it.</returns>
    Task<IProcess> CreateProcessAsync(ProcessConfig config, CallOptions options);

    /// <summary>Opens a process by id (hcsshim <c>OpenProcess</c>).</summary>
    /// <returns>A new handle, without the standard streams; the caller closes it.</returns>
    Task<IProcess> OpenProcessAsync(uint processId, CallOptions options);

    /// <summary>Changes a resource (hcsshim <c>Modify</c>).</summary>
    /// <param name="request">A request in the schema that the system was created with: 1 or 2.</param>
    /// <param name="options">How long to wait.</param>
    Task ModifyAsync(string request, CallOptions options);

    /// <summary>
    /// Closes the handle (hcsshim <c>Close</c>). Pending waits on it end at once; the adapter releases it when no call
    /// uses it any more. Idempotent. It neither terminates nor waits, unless the system was created to end with its
    /// last handle and this is the last one.
    /// </summary>
    void Close();
}
