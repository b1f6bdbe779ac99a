using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop;

/// <summary>
/// What a host has for its virtual machines: the rights on the files that they use, and the processors that they run on.
/// </summary>
/// <remarks>
/// A virtual machine runs under an account of its own, and opens each of its files under that account. Paths are absolute,
/// and a right is on one file: not on what a folder holds, nor on the parents of a differencing disk. Every method throws
/// <see cref="HcsException"/> when the service refuses the call, and with <see cref="HResult.OperationTimeout"/> when its
/// time has passed. A file that is made, or a right that is granted, after that is taken back.
/// </remarks>
public interface IMachineService
{
    /// <summary>Makes the empty file that a virtual machine is saved to (HcsCreateEmptyRuntimeStateFile).</summary>
    /// <param name="path">A file that does not exist yet, such as <c>web.vmrs</c>.</param>
    /// <param name="options">How long to wait.</param>
    Task CreateStateFileAsync(string path, CallOptions options);

    /// <summary>Lets a virtual machine use a file (HcsGrantVmAccess, HcsGrantVmGroupAccess).</summary>
    /// <param name="id">
    /// The id of the machine, which need not exist yet; null for all virtual machines, since Windows 10 2004.
    /// </param>
    /// <param name="path">The file.</param>
    /// <param name="options">How long to wait.</param>
    Task GrantAccessAsync(string? id, string path, CallOptions options);

    /// <summary>Takes back what was granted (HcsRevokeVmAccess, HcsRevokeVmGroupAccess).</summary>
    /// <param name="id">The id of the machine; null for the right of all virtual machines, since Windows 10 2004.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">How long to wait.</param>
    Task RevokeAccessAsync(string? id, string path, CallOptions options);

    /// <summary>Gets the logical processors of the host (HcsGetServiceProperties, ProcessorTopology).</summary>
    Task<ProcessorTopology> GetProcessorTopologyAsync(CallOptions options);

    /// <summary>Gets the groups of processors that virtual machines are bound to (HcsGetServiceProperties, CpuGroup).</summary>
    Task<CpuGroupConfigurations> GetCpuGroupsAsync(CallOptions options);
}
