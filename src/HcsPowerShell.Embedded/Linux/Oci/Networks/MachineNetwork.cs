using System.Globalization;
using System.IO;
using System.Linq;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Oci.State;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>The places that all hosts of a network namespace share, in a folder that ends with the machine.</summary>
internal static class MachineNetwork
{
    private const string Root = "/run/hcspowershell";
    private const string Ipv4 = "/proc/sys/net/ipv4/conf/";
    private const string Ipv6 = "/proc/sys/net/ipv6/conf/";
    private const string FilterOfBridges = "/proc/sys/net/bridge/bridge-nf-call-iptables";

    /// <summary>The network namespace of this process, as the kernel names it.</summary>
    public static string Namespace => Symlink.Read("/proc/self/ns/net") ?? string.Empty;

    /// <summary>
    /// The network namespace of a process, as the kernel names it; for one that has ended, a name of its own.
    /// </summary>
    public static string NamespaceOf(int processId)
    {
        string process = processId.ToString(CultureInfo.InvariantCulture);
        return Symlink.Read($"/proc/{process}/ns/net") ?? process;
    }

    /// <summary>The file that is locked while a host chooses what another must not choose too.</summary>
    public static string Lock => Path.Combine(Root, "networks.lock");

    /// <summary>The file with the values that were there before the hosts; every host with a network locks it.</summary>
    public static string Forwarding => Path.Combine(
        Root, "forwarding-" + string.Concat(Namespace.Where(char.IsDigit)));

    /// <summary>True when the rules of the machine also see what goes from port to port of a bridge.</summary>
    public static bool FiltersBridges => File.Exists(FilterOfBridges) && File.ReadAllText(FilterOfBridges).Trim() != "0";

    public static void Prepare() => HostFolder.MakePrivate(Root);

    public static bool Forwards(string link) => File.ReadAllText(ForwardingOf(link)).Trim() != "0";

    public static void SetForwarding(string link, bool isOn) => File.WriteAllText(ForwardingOf(link), isOn ? "1" : "0");

    /// <summary>Whether there is such an interface.</summary>
    public static bool Has(string link) => Directory.Exists(Ipv4 + link);

    public static void TurnOffIpv6(string link)
    {
        if (Directory.Exists(Ipv6 + link))
        {
            File.WriteAllText(Ipv6 + link + "/disable_ipv6", "1");
        }
    }

    private static string ForwardingOf(string link) => Ipv4 + link + "/forwarding";
}
