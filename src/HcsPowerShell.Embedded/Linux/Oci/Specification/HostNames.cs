using System.Text;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Specification;

/// <summary>The host name inside a container.</summary>
internal static class HostNames
{
    // HOST_NAME_MAX.
    private const int Longest = 64;

    /// <exception cref="Interop.HcsException">It is longer than Linux allows.</exception>
    public static void Require(string id, ContainerConfig config)
    {
        int length = Encoding.UTF8.GetByteCount(config.HostName ?? string.Empty);
        if (length > Longest)
        {
            throw Refusal.InvalidArgument(
                id, "HcsCreateComputeSystem", $"HostName has {length} bytes; Linux takes {Longest} at most.");
        }
    }

    /// <param name="config">The document; it may contain no host name.</param>
    /// <param name="name">Name by which runc knows the container.</param>
    public static string Of(ContainerConfig config, string name) =>
        string.IsNullOrEmpty(config.HostName) ? name.Substring(name.LastIndexOf('-') + 1) : config.HostName!;
}
