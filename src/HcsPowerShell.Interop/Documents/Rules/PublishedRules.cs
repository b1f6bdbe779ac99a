using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace HcsPowerShell.Interop.Documents.Rules;

/// <summary>
/// The rules of the published schemas for single members: the values they take and the schema that introduced them.
/// </summary>
internal static class PublishedRules
{
    /// <summary>Returns every problem of the members that are set.</summary>
    /// <param name="document">The document.</param>
    /// <param name="newest">The newest schema that the service accepts; null when that does not matter.</param>
    public static IEnumerable<DocumentProblem> Check(HcsDocument document, Version? newest) =>
        newest is not null && PublishedMember.SinceOf(document.GetType()) is { } since && since > newest
            ? [Later("$", since, newest)]
            : Check(document, SchemaOf(document, newest), string.Empty);

    private static IEnumerable<DocumentProblem> Check(HcsDocument document, Version? schema, string prefix) =>
        PublishedMember.Of(document.GetType()).SelectMany(member => Check(member, document, schema, prefix));

    private static IEnumerable<DocumentProblem> Check(
        PublishedMember member, HcsDocument document, Version? schema, string prefix)
    {
        object? value = member.Get(document);
        string path = prefix + member.Name;
        if (GoRules.IsEmpty(value))
        {
            return [];
        }

        return schema is not null && member.Since is { } since && since > schema
            ? [Later(path, since, schema)]
            : value switch
            {
                string text => OneOf(member, text, path),
                string?[] texts => texts.SelectMany((text, i) => OneOf(member, text, $"{path}[{i}]")),
                HcsDocument inner => Inner(inner, schema, path),
                HcsDocument?[] list => list.SelectMany((item, i) => Inner(item, schema, $"{path}[{i}]")),
                IDictionary map => map.Keys.Cast<string>()
                    .SelectMany(key => Inner(map[key] as HcsDocument, schema, $"{path}.{key}")),
                _ => [],
            };
    }

    private static IEnumerable<DocumentProblem> Inner(HcsDocument? document, Version? schema, string path) =>
        document is null ? [] : Check(document, SchemaOf(document, schema), path + ".");

    /// <summary>
    /// Returns the schema that applies: a host accepts the members of its own version; a guest has a version of its
    /// own.
    /// </summary>
    private static Version? SchemaOf(HcsDocument document, Version? outer) => document switch
    {
        ComputeSystem { SchemaVersion: { } own } => new[] { own.ToVersion(), outer }.Where(v => v is not null).Min(),
        HostedSystem hosted => hosted.SchemaVersion?.ToVersion(),
        _ => outer,
    };

    private static IEnumerable<DocumentProblem> OneOf(PublishedMember member, string? text, string path) =>
        member.Values is { } values && MemberRules.OneOf(text, path, values) is { } problem ? [problem] : [];

    private static DocumentProblem Later(string path, Version since, Version schema) => new(
        path, $"Schema {WindowsRelease.Describe(schema)} does not have it; {WindowsRelease.Describe(since)} does.");
}
