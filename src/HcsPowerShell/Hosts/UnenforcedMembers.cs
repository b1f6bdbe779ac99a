using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Abstractions;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Hosts;

/// <summary>Says which members of a document a host accepts and does not enforce; silence would be a lie.</summary>
internal static class UnenforcedMembers
{
    public static void Warn(HcsCmdlet cmdlet, HcsHost host, ContainerConfig config) =>
        Warn(cmdlet, host, config, Properties(cmdlet, host).UnenforcedContainerMembers, $"Container '{config.Name}'");

    public static void Warn(HcsCmdlet cmdlet, HcsHost host, ProcessConfig config) =>
        Warn(cmdlet, host, config, Properties(cmdlet, host).UnenforcedProcessMembers, "The process");

    private static void Warn(
        HcsCmdlet cmdlet, HcsHost host, HcsDocument document, IReadOnlyList<string> unenforced, string subject)
    {
        string[] members = [.. DocumentMembers.Set(document).Intersect(unenforced)];
        if (members.Length > 0)
        {
            cmdlet.WriteWarning($"{subject}: host '{host.Name}' (isolation {host.Isolation}) does not enforce "
                + string.Join(", ", members) + "."
                + (host.IsolationLack is { } lack ? $" Isolation Oci would, but {lack}." : string.Empty));
        }
    }

    private static HostProperties Properties(HcsCmdlet cmdlet, HcsHost host) =>
        host.Properties ??= cmdlet.Await(host.Service.GetPropertiesAsync(cmdlet.StopToken));
}
