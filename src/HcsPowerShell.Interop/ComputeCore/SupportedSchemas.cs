using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.ComputeCore;

/// <summary>Reads the answer to the service query for Basic.</summary>
internal static class SupportedSchemas
{
    /// <summary>Schema versions as <c>2.5</c>; each implies the lower minor ones. Empty when the answer has none.</summary>
    internal static IReadOnlyList<string> Of(string? answer) =>
    [
        .. (string.IsNullOrEmpty(answer) ? [] : HcsJson.ReadFitting<ServiceProperties>(answer!)?.Properties ?? [])
            .OfType<RawJson>()
            .SelectMany(property => HcsJson.ReadFitting<BasicInformation>(property.Text)?.SupportedSchemaVersions ?? [])
            .Select(version => version.ToVersion().ToString()),
    ];
}
