using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization.Metadata;

namespace HcsPowerShell.Interop.Documents;

/// <summary>The Go field names that differ from the JSON name; documents can be read with either name.</summary>
internal static class GoFieldNames
{
    private static readonly Dictionary<Type, (string Go, string Json)[]> s_names = new()
    {
        [typeof(ResourceModificationRequestResponse)] =
            [("Resource", "ResourceType"), ("Data", "Settings"), ("Request", "RequestType")],
        [typeof(MemoryStats)] =
        [
            ("UsageCommitBytes", "MemoryUsageCommitBytes"),
            ("UsageCommitPeakBytes", "MemoryUsageCommitPeakBytes"),
            ("UsagePrivateWorkingSetBytes", "MemoryUsagePrivateWorkingSetBytes"),
        ],
    };

    /// <summary>Adds the Go names as properties that can be read but are never written.</summary>
    /// <remarks>Names that differ only in case (ID, SiloGUID, RuntimeID, IDs) need no entry: case is ignored.</remarks>
    public static void AddTo(JsonTypeInfo type)
    {
        if (!s_names.TryGetValue(type.Type, out (string Go, string Json)[]? names))
        {
            return;
        }

        foreach ((string go, string json) in names)
        {
            JsonPropertyInfo property = type.Properties.Single(p => p.Name == json);
            JsonPropertyInfo alias = type.CreateJsonPropertyInfo(property.PropertyType, go);
            alias.Set = property.Set;
            type.Properties.Add(alias);
        }
    }
}
