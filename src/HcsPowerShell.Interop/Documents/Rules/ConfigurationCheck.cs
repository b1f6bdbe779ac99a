using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace HcsPowerShell.Interop.Documents.Rules;

/// <summary>Everything that is wrong with a document that describes a container, all of it at once.</summary>
public static class ConfigurationCheck
{
    /// <summary>
    /// Names, types, ranges and required members; by schema 2 when the document names it, else by schema 1. A member
    /// the document does not have is a problem too, though the service would only ignore it.
    /// </summary>
    public static IReadOnlyList<DocumentProblem> Check(string json)
    {
        JsonDocument text;
        try
        {
            text = JsonDocument.Parse(json);
        }
        catch (JsonException e)
        {
            var refusal = HcsDocumentException.From(e, null, json);
            return [new DocumentProblem("$", refusal.Reason)];
        }

        using (text)
        {
            return NamesSchema2(text.RootElement)
                ? Check<ComputeSystem>(text.RootElement, ComputeSystemRules.Check)
                : Check<ContainerConfig>(text.RootElement, ContainerConfigRules.Check);
        }
    }

    private static bool NamesSchema2(JsonElement root) =>
        Member(root, "SchemaVersion") is { } version
        && Member(version, "Major") is { ValueKind: JsonValueKind.Number } major
        && major.TryGetUInt32(out uint number)
        && number > 1;

    private static JsonElement? Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object
            ? parent.EnumerateObject()
                .Where(m => m.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                .Select(m => (JsonElement?)m.Value)
                .LastOrDefault()
            : null;

    private static List<DocumentProblem> Check<T>(JsonElement root, Func<T, IEnumerable<DocumentProblem>> rules)
        where T : HcsDocument
    {
        IReadOnlyList<DocumentProblem> misfits = DocumentShape.Check(typeof(T), root, out string fitting);
        return
        [
            .. misfits,
            .. rules(HcsJson.Read<T>(fitting)).Where(problem => !misfits.Any(m => Explains(m.Path, problem.Path))),
        ];
    }

    /// <summary>A member that was left out because its type is wrong is not missing as well.</summary>
    private static bool Explains(string misfit, string path) =>
        path.StartsWith(misfit, StringComparison.OrdinalIgnoreCase)
        && (path.Length == misfit.Length || path[misfit.Length] is '.' or '[');
}
