using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Documents;

/// <summary>Warns about the members of a document that a host accepts and does not enforce.</summary>
internal static class UnenforcedMembers
{
    public static void Warn(Cmdlet cmdlet, HcsHost host, ContainerDraft draft)
    {
        if (draft.Config is { } config)
        {
            Warn(cmdlet, host, DocumentMembers.Set(config), host.UnenforcedContainerMembers, Subject(draft.Id));
        }
        else if (host.UnenforcedSystemMembers is { Count: > 0 } unenforced)
        {
            ComputeSystem system = HcsJson.Read<ComputeSystem>(draft.Document);
            Warn(cmdlet, host, DocumentMembers.SetPaths(system), unenforced, Subject(draft.Id));
        }
    }

    public static void Warn(Cmdlet cmdlet, HcsHost host, ProcessConfig config) => Warn(
        cmdlet, host, DocumentMembers.Set(config), host.UnenforcedProcessMembers, "The process");

    /// <param name="cmdlet">The command that writes the warning.</param>
    /// <param name="host">The host of the container.</param>
    /// <param name="id">The id of the container that the command changes.</param>
    /// <param name="resource">The resource, as the request names it.</param>
    public static void WarnOfChange(Cmdlet cmdlet, HcsHost host, string id, string resource) =>
        Warn(cmdlet, host, [resource], host.UnenforcedResources, Subject(id));

    private static void Warn(
        Cmdlet cmdlet, HcsHost host, IEnumerable<string> set, IReadOnlyList<string> unenforced, string subject)
    {
        // Each text is the name of a member, followed by the part of it that the host does enforce, if any.
        string[] members =
        [
            .. set.SelectMany(member => unenforced.Where(
                text => text.Split(' ')[0].Equals(member, System.StringComparison.OrdinalIgnoreCase))),
        ];
        if (members.Length > 0)
        {
            cmdlet.WriteWarning($"{subject}: host '{host.Name}' (isolation {host.Isolation}) does not enforce "
                + string.Join(", ", members) + "."
                + (host.IsolationLack is { } lack ? $" Isolation Oci enforces more, but {lack}." : string.Empty));
        }
    }

    private static string Subject(string id) => $"Container '{id}'";
}
