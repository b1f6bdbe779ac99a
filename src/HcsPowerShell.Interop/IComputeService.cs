using System.Collections.Generic;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop;

/// <summary>A host of compute systems: the free functions of hcsshim's public interface.</summary>
/// <remarks>
/// Every method throws <see cref="HcsException"/> when the service refuses the call, and with
/// <see cref="HResult.OperationTimeout"/> when the time of the call has passed. The wait ends at once when the caller
/// cancels it or the time has passed. HCS cannot cancel an operation, so the operation continues. A system, handle or
/// process that it still returns is closed, and ended before that if the call created it.
/// </remarks>
public interface IComputeService
{
    /// <summary>
    /// The properties of the host that are known without a call: its kind, and the members it does not enforce.
    /// </summary>
    HostProperties Declared { get; }

    /// <summary>The layers of the host.</summary>
    ILayerService Layers { get; }

    /// <summary>The images of the machine.</summary>
    IImageService Images { get; }

    /// <summary>The networks of the host.</summary>
    INetworkService Networks { get; }

    /// <summary>The calls for virtual machines: the rights on their files, and the processors they run on.</summary>
    IMachineService Machines { get; }

    /// <summary>Creates a compute system (hcsshim <c>CreateContainer</c>).</summary>
    /// <param name="id">Any text without control characters, at most 255 characters; comparison ignores case.</param>
    /// <param name="document">The complete document, in the schema that <paramref name="version"/> names.</param>
    /// <param name="version">Schema 1.0, or 2.0 and later.</param>
    /// <param name="options">How long to wait.</param>
    /// <returns>A handle; the caller closes it.</returns>
    Task<IContainer> CreateContainerAsync(
        string id, string document, SchemaVersion version, CallOptions options);

    /// <summary>Opens a system by id (hcsshim <c>OpenContainer</c>).</summary>
    /// <returns>A new handle; the caller closes it.</returns>
    Task<IContainer> OpenContainerAsync(string id, CallOptions options);

    /// <summary>Lists systems (hcsshim <c>GetContainers</c>); each one is read when the caller reaches it.</summary>
    Task<IEnumerable<ContainerProperties>> GetContainersAsync(
        ComputeSystemQuery query, CallOptions options);

    /// <summary>Gets the properties and abilities of the host (HCS service properties).</summary>
    Task<HostProperties> GetPropertiesAsync(CallOptions options);

    /// <summary>Closes the service; an embedded host ends with every container in it. Idempotent.</summary>
    void Close();
}
