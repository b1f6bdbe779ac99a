using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Reflection;

namespace HcsPowerShell.Interop.Documents.Rules;

/// <summary>A member of a document, and its description in the published schemas.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Get">Its value.</param>
/// <param name="Values">The values it takes; null for any.</param>
/// <param name="Since">The schema that introduced it; null for the oldest.</param>
internal sealed record PublishedMember(string Name, Func<object, object?> Get, string[]? Values, Version? Since)
{
    private static readonly ConcurrentDictionary<Type, PublishedMember[]> s_members = new();

    public static PublishedMember[] Of(Type document) => s_members.GetOrAdd(document, static type =>
    [
        .. HcsJson.TypeInfo(type).Properties
            .Where(p => p.Get is not null && !p.IsExtensionData)
            .Select(p => (Json: p, Clr: type.GetProperty(p.Name)))
            .Select(p => new PublishedMember(
                p.Json.Name,
                p.Json.Get!,
                p.Clr?.GetCustomAttribute<OneOfAttribute>()?.Names,
                p.Clr?.GetCustomAttribute<SinceSchemaAttribute>()?.Version)),
    ]);

    public static Version? SinceOf(Type document) => document.GetCustomAttribute<SinceSchemaAttribute>()?.Version;
}
