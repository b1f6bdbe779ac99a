using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>Selects objects by a filter, such as <c>{"Name":"nat"}</c>.</summary>
internal static class NetworkFilter
{
    /// <param name="function">The call that fails.</param>
    /// <param name="filter">The filter; null selects all.</param>
    /// <param name="objects">The objects, and the members that filters name.</param>
    /// <exception cref="HcsException">It is not JSON, or names another member.</exception>
    public static IReadOnlyList<Guid> Apply(
        string function, string? filter, IEnumerable<(Guid Id, IReadOnlyDictionary<string, string?> Members)> objects)
    {
        Dictionary<string, string> wanted = Read(function, filter);
        return
        [
            .. objects.Where(candidate => wanted.All(member => string.Equals(
                    candidate.Members.TryGetValue(member.Key, out string? value)
                        ? value
                        : throw Invalid(function, $"no object is found by {member.Key}"),
                    member.Value,
                    StringComparison.OrdinalIgnoreCase)))
                .Select(candidate => candidate.Id),
        ];
    }

    private static Dictionary<string, string> Read(string function, string? filter)
    {
        Dictionary<string, string> wanted = new(StringComparer.OrdinalIgnoreCase);
        if (string.IsNullOrEmpty(filter))
        {
            return wanted;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(filter!);
            foreach (JsonProperty member in document.RootElement.EnumerateObject())
            {
                // Guids come with or without braces.
                string text = member.Value.GetString() ?? string.Empty;
                wanted[member.Name] = Guid.TryParse(text, out Guid id) ? id.ToString() : text;
            }

            return wanted;
        }
        catch (Exception e) when (HcsJson.IsUnreadable(e))
        {
            throw Invalid(function, "an object of JSON with texts is expected");
        }
    }

    private static HcsException Invalid(string function, string message) =>
        Refusal.Refused(function, HResult.InvalidNetworkJson, $"Filter: {message}.");
}
