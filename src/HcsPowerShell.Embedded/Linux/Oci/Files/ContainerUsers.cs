using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HcsPowerShell.Embedded.Contracts;

namespace HcsPowerShell.Embedded.Linux.Oci.Files;

/// <summary>Resolves users by the container's own <c>/etc/passwd</c> and <c>/etc/group</c>.</summary>
internal static class ContainerUsers
{
    private const string Function = "HcsCreateProcess";
    private const string Users = "/etc/passwd";
    private const string Groups = "/etc/group";

    /// <param name="files">The files of the container.</param>
    /// <param name="user"><c>USER[:GROUP]</c>, each a name or a number; null is root.</param>
    /// <exception cref="Interop.HcsException">
    /// The container does not know a name, or one of the lists is no text file.
    /// </exception>
    public static ContainerUser Resolve(ContainerFiles files, string? user)
    {
        // runc reads both files to the end, for every user.
        files.RequireText(Users);
        files.RequireText(Groups);
        if (user is null)
        {
            return ContainerUser.Root;
        }

        string[] parts = user.Split([':'], 2);
        string[]? entry = Entries(files, Users, fields: 7)
            .FirstOrDefault(fields => fields[0] == parts[0] || fields[2] == parts[0]);
        uint userId = Number(entry?[2] ?? parts[0]) ?? throw Unknown("user", parts[0]);
        List<string[]> groups = [.. Entries(files, Groups, fields: 4)];
        uint groupId = parts.Length == 2 ? Group(groups, parts[1]) : Number(entry?[3]) ?? 0;
        string? name = entry?[0];
        return new ContainerUser(
            userId,
            groupId,
            [.. groups.Where(group => name is not null && group[3].Split(',').Contains(name)).Select(group => Number(group[2])).OfType<uint>()],
            name,
            string.IsNullOrEmpty(entry?[5]) ? "/" : entry![5]);
    }

    private static uint Group(List<string[]> groups, string group) =>
        Number(groups.FirstOrDefault(fields => fields[0] == group)?[2] ?? group) ?? throw Unknown("group", group);

    private static IEnumerable<string[]> Entries(ContainerFiles files, string path, int fields) =>
        files.ReadLines(path).Select(line => line.Split(':')).Where(entry => entry.Length >= fields);

    private static uint? Number(string? text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? number : null;

    private static Interop.HcsException Unknown(string kind, string name) =>
        Refusal.InvalidArgument(null, Function, $"User: the container has no {kind} '{name}'.");
}
