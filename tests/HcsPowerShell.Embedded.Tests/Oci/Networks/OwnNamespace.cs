using System;
using System.Threading.Tasks;

namespace HcsPowerShell.Embedded.Tests.Oci.Networks;

/// <summary>
/// Runs a test in a process with a network of its own, so that it meets no other test and changes nothing of the machine:
/// an uplink <c>uplink</c> with address 198.51.100.2, and behind it a neighbour, the namespace <c>NEIGHBOUR</c>, with
/// 198.51.100.1.
/// </summary>
internal static class OwnNamespace
{
    // $1 is the name of the neighbour. The unshared mounts take the name away with the last process.
    private const string Script = """
        set -e
        ip link set lo up
        sysctl -qw net.ipv4.ip_forward=0
        mkdir -p /run/netns
        mount -t tmpfs tmpfs /run/netns
        ip netns add "$1"
        ip link add uplink type veth peer name lan netns "$1"
        ip address add 198.51.100.2/24 dev uplink
        ip link set uplink up
        ip -n "$1" address add 198.51.100.1/24 dev lan
        ip -n "$1" link set lan up
        ip -n "$1" link set lo up
        ip route add default via 198.51.100.1
        shift
        exec "$@"
        """;

    /// <summary>The name of the neighbour's namespace; null outside such a process.</summary>
    public static string? Neighbour => OwnProcess.Name;

    /// <summary>Runs the test that calls it in such a process, or the body when this is one.</summary>
    /// <param name="body">The test.</param>
    /// <param name="starter">A command that starts the process, with its own arguments.</param>
    public static Task RunAsync(Func<Task> body, params string[] starter)
    {
        string name = "neighbour" + Guid.NewGuid().ToString("N")[..8];
        return OwnProcess.RunAsync(
            body, name, ["unshare", "--net", "--mount", "--propagation", "slave", "sh", "-c", Script, "sh", name, .. starter]);
    }
}
