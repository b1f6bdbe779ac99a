using System;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop;

/// <summary>A handle on a compute system: hcsshim's <c>Container</c>.</summary>
/// <remarks>
/// Every method fails with <see cref="HcsException"/>; on a closed handle with <see cref="HResult.InvalidHandle"/>.
/// Cancelling stops the waiting only.
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
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Asks the system to shut down (hcsshim <c>Shutdown</c>); await <see cref="Exited"/> for the end.</summary>
    Task ShutdownAsync(CancellationToken cancellationToken);

    /// <summary>Ends the system at once (hcsshim <c>Terminate</c>); await <see cref="Exited"/> for the end.</summary>
    Task TerminateAsync(CancellationToken cancellationToken);

    /// <summary>Pauses the system (hcsshim <c>Pause</c>).</summary>
    Task PauseAsync(CancellationToken cancellationToken);

    /// <summary>Lets a paused system go on (hcsshim <c>Resume</c>).</summary>
    Task ResumeAsync(CancellationToken cancellationToken);

    /// <summary>The base properties and those of the query (hcsshim <c>Statistics</c>, <c>ProcessList</c>,
    /// <c>MappedVirtualDisks</c>, <c>HasPendingUpdates</c>).</summary>
    Task<ContainerProperties> GetPropertiesAsync(PropertyQuery query, CancellationToken cancellationToken);

    /// <summary>Starts a process in the running system (hcsshim <c>CreateProcess</c>).</summary>
    /// <returns>A handle; the caller closes it.</returns>
    Task<IProcess> CreateProcessAsync(ProcessConfig config, CancellationToken cancellationToken);

    /// <summary>Opens a process by id (hcsshim <c>OpenProcess</c>).</summary>
    /// <returns>A handle of its own, without the standard streams; the caller closes it.</returns>
    Task<IProcess> OpenProcessAsync(uint processId, CancellationToken cancellationToken);

    /// <summary>Changes a resource (hcsshim <c>Modify</c>).</summary>
    /// <param name="request">A schema 1 or schema 2 request, as the system was created.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    Task ModifyAsync(string request, CancellationToken cancellationToken);

    /// <summary>Closes the handle (hcsshim <c>Close</c>). Idempotent; neither terminates nor waits, unless the system
    /// was created to end with its last handle and this is it.</summary>
    void Close();
}
