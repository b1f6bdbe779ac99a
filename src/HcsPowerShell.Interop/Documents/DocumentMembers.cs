using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization.Metadata;

namespace HcsPowerShell.Interop.Documents;

/// <summary>Tells which members a document sets.</summary>
internal static class DocumentMembers
{
    /// <summary>
    /// Returns the names of the members that do not hold their zero value, in the order in which they are written.
    /// </summary>
    public static IEnumerable<string> Set(HcsDocument document) =>
        Properties(document)
            .Where(p => !GoRules.IsEmpty(p.Get!(document)))
            .Select(p => p.Name);

    /// <summary>
    /// Returns the paths of the same members; a nested document is replaced by the paths of its own members.
    /// </summary>
    public static IEnumerable<string> SetPaths(HcsDocument document) =>
        Properties(document).Where(p => !GoRules.IsEmpty(p.Get!(document))).SelectMany(p =>
            p.Get!(document) is HcsDocument inner ? SetPaths(inner).Select(path => $"{p.Name}.{path}") : [p.Name]);

    /// <summary>
    /// Returns a problem for each member the document has no property for, including those of nested documents.
    /// </summary>
    public static IEnumerable<DocumentProblem> Unknown(HcsDocument document) => Unknown(document, string.Empty);

    private static IEnumerable<DocumentProblem> Unknown(HcsDocument document, string prefix) =>
        (document.UnknownMembers?.Keys ?? Enumerable.Empty<string>())
            .Select(name => new DocumentProblem(prefix + name, MemberName.Unknown(document.GetType(), name)))
            .Concat(Properties(document).SelectMany(p => Unknown(p.Get!(document), prefix + p.Name)));

    private static IEnumerable<DocumentProblem> Unknown(object? value, string path) => value switch
    {
        HcsDocument document => Unknown(document, path + "."),
        HcsDocument[] list => list.SelectMany((item, i) => Unknown(item, $"{path}[{i}].")),
        IDictionary map => map.Values.OfType<HcsDocument>().SelectMany(item => Unknown(item, path + ".")),
        _ => [],
    };

    private static IEnumerable<JsonPropertyInfo> Properties(HcsDocument document) =>
        HcsJson.TypeInfo(document.GetType()).Properties.Where(p => p.Get is not null && !p.IsExtensionData);
}
