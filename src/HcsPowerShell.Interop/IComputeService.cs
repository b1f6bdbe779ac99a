using System.Collections.Generic;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop;

/// <summary>A host of compute systems: the free functions of hcsshim's public interface.</summary>
/// <remarks>
/// Every method fails with <see cref="HcsException"/> when the service refuses, and with
/// <see cref="HResult.OperationTimeout"/> when its time has passed. A caller who is cancelled, or whose time has passed,
/// stops waiting at once. HCS cannot cancel an operation, so it goes on; a system, handle or process that it still gives is
/// undone: ended if the call has made it, and closed.
/// </remarks>
public interface IComputeService
{
    /// <summary>The properties of the host that need no call: its kind, and the members it does not enforce.</summary>
    HostProperties Declared { get; }

    /// <summary>Creates a compute system (hcsshim <c>CreateContainer</c>).</summary>
    /// <param name="id">Any text without control characters, at most 255 characters, compared without case.</param>
    /// <param name="document">The complete document, in the schema that <paramref name="version"/> names.</param>
    /// <param name="version">Schema 1.0, or 2.0 and later.</param>
    /// <param name="options">How long to wait.</param>
    /// <returns>A handle; the caller closes it.</returns>
    Task<IContainer> CreateContainerAsync(
        string id, string document, SchemaVersion version, CallOptions options);

    /// <summary>Opens a system by id (hcsshim <c>OpenContainer</c>).</summary>
    /// <returns>A handle of its own; the caller closes it.</returns>
    Task<IContainer> OpenContainerAsync(string id, CallOptions options);

    /// <summary>Lists systems (hcsshim <c>GetContainers</c>), one at a time as the caller reads.</summary>
    Task<IEnumerable<ContainerProperties>> GetContainersAsync(
        ComputeSystemQuery query, CallOptions options);

    /// <summary>What the host is and can do (HCS service properties).</summary>
    Task<HostProperties> GetPropertiesAsync(CallOptions options);

    /// <summary>Leaves the service; an embedded host ends with every container in it. Idempotent.</summary>
    void Close();
}
