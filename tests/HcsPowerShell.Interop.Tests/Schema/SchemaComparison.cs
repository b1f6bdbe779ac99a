using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Tests.Schema;

/// <summary>
/// Compares a class with the published schemas: names, types, lists, maps, values and the schema that has them.
/// </summary>
internal sealed class SchemaComparison(PublishedSchemas schemas, IReadOnlyDictionary<Type, string[]> definitionsOf)
{
    /// <summary>Members that pass through as raw JSON, whatever the schema says about their content.</summary>
    private static readonly string[] s_raw =
    [
        "ComputeSystem.VirtualMachine",
        "Container.AdditionalDeviceNamespace",
        "Container.AssignedDevices",
        "Container.ContainerCredentialGuard",
        "Container.HvSocket",
        "Container.RegistryChanges",
        "Properties.GuestConnectionInfo",
        "Properties.Memory",
        "Properties.SharedMemoryRegionInfo",

        // The service does not always encode it as the schema says.
        "ErrorEvent.Data",
    ];

    /// <summary>Intended deviations of the classes.</summary>
    private static readonly string[] s_deviations =
    [
        // Belongs to hcsshim's struct; schema 2 shares the struct without this member.
        "Statistics.Network: not published",

        // Published as an object of any kind; its description names the kind.
        "ComputeSystem.HostedSystem: HostedSystem, published as object",

        // Published for one release only.
        "Properties.ICHeartbeatStatus: missing in 2.3",
    ];

    public IReadOnlyList<string> Differences(Type type)
    {
        JsonElement latest = PublishedSchemas.Find(schemas.Latest, definitionsOf[type])
            ?? throw new InvalidOperationException($"{type.Name} is not published at all");
        Dictionary<string, JsonElement> published = Properties(latest);
        return
        [
            .. Members(type, published)
                .Concat(schemas.Releases.SelectMany(r => Since(type, published, r.Newest, r.Definitions)))
                .Except(s_deviations),
        ];
    }

    private IEnumerable<string> Members(Type type, Dictionary<string, JsonElement> published)
    {
        Dictionary<string, PropertyInfo> own = Own(type);
        foreach (string name in published.Keys.Union(own.Keys))
        {
            string path = $"{type.Name}.{name}";
            if (!own.TryGetValue(name, out PropertyInfo? member))
            {
                yield return $"{path}: missing";
            }
            else if (!published.TryGetValue(name, out JsonElement expected))
            {
                yield return $"{path}: not published";
            }
            else
            {
                string wanted = s_raw.Contains(path) ? "object" : PublishedType.Of(expected, schemas.Latest);
                if (TypeOf(member.PropertyType) is var given && !Same(given, wanted))
                {
                    yield return $"{path}: {given}, published as {wanted}";
                }

                string[]? values = PublishedType.Values(expected, schemas.Latest);
                string[]? declared = member.GetCustomAttribute<OneOfAttribute>()?.Names;
                if (!(values ?? []).Order().SequenceEqual((declared ?? []).Order()))
                {
                    yield return $"{path}: one of {string.Join(",", declared ?? [])}, published as {string.Join(",", values ?? [])}";
                }
            }
        }
    }

    /// <summary>Checks that a release has a document or a member exactly if its schema is not older.</summary>
    private IEnumerable<string> Since(
        Type type, Dictionary<string, JsonElement> latest, Version newest, JsonElement definitions)
    {
        JsonElement? definition = PublishedSchemas.Find(definitions, definitionsOf[type]);
        if (IsIn(type, newest) != definition is not null)
        {
            return [$"{type.Name}: {Said(definition is not null)} in {newest}"];
        }

        Dictionary<string, JsonElement> published = definition is null ? [] : Properties(definition.Value);
        Dictionary<string, PropertyInfo> own = definition is null ? [] : Own(type);
        return
        [
            .. own.Values
                .Where(m => latest.ContainsKey(m.Name) && IsIn(m, newest) != published.ContainsKey(m.Name))
                .Select(m => $"{type.Name}.{m.Name}: {Said(published.ContainsKey(m.Name))} in {newest}"),
            .. published.Keys.Except(own.Keys).Except(latest.Keys).Select(name => $"{type.Name}.{name}: missing in {newest}"),
        ];
    }

    private static bool IsIn(MemberInfo member, Version newest) =>
        !(member.GetCustomAttribute<SinceSchemaAttribute>()?.Version > newest);

    private static string Said(bool isPublished) => isPublished ? "published" : "not published";

    /// <summary>Compares two type names; a class matches every name that its definition has had.</summary>
    private bool Same(string given, string wanted) =>
        given == wanted
        || definitionsOf.Any(d => d.Value.Contains(Bare(wanted)) && given == wanted.Replace(Bare(wanted), d.Key.Name, StringComparison.Ordinal));

    private static string Bare(string type) => type.Trim('[', ']', '{', '}');

    private static Dictionary<string, JsonElement> Properties(JsonElement definition) =>
        definition.TryGetProperty("properties", out JsonElement properties)
            ? properties.EnumerateObject().ToDictionary(p => p.Name, p => p.Value)
            : [];

    private static Dictionary<string, PropertyInfo> Own(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsWritten).ToDictionary(p => p.Name);

    private static bool IsWritten(PropertyInfo property) =>
        property.GetCustomAttribute<JsonIgnoreAttribute>() is not { Condition: JsonIgnoreCondition.Always };

    private static string TypeOf(Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.IsArray ? $"[{TypeOf(plain.GetElementType()!)}]"
            : plain.IsGenericType ? $"{{{TypeOf(plain.GetGenericArguments()[1])}}}"
            : plain == typeof(DateTimeOffset) ? "date-time"
            : plain == typeof(bool) ? "boolean"
            : plain == typeof(RawJson) ? "object"
            : plain == typeof(string) || plain.IsPrimitive ? plain.Name.ToLowerInvariant()
            : plain.Name;
    }
}
