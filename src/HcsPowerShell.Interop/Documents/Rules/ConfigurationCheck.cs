using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace HcsPowerShell.Interop.Documents.Rules;

/// <summary>Finds all problems of a document at once.</summary>
public static class ConfigurationCheck
{
    // What no other document that is recognized has. A namespace has Type too, and is made with its container.
    private static readonly string[] s_ofNetwork =
        [nameof(HostComputeNetwork.Type), nameof(HostComputeNetwork.Ipams), nameof(HostComputeNetwork.MacPool)];

    private static readonly string[] s_ofEndpoint =
    [
        nameof(HostComputeEndpoint.HostComputeNetwork), nameof(HostComputeEndpoint.HostComputeNamespace),
        nameof(HostComputeEndpoint.IpConfigurations), nameof(HostComputeEndpoint.MacAddress),
    ];

    /// <summary>
    /// Checks names, types, values, ranges and required members. A member that the document does not have is a problem
    /// too, although it is sent and the service would only ignore it.
    /// </summary>
    /// <param name="json">The text.</param>
    /// <param name="document">
    /// The class of the document. By default it is that of a network or an endpoint when the text has a member that only
    /// these have, otherwise that of a document that creates a container, of schema 2 if the text names schema 2.
    /// </param>
    /// <param name="newest">The newest schema that the service accepts; null when that does not matter.</param>
    public static IReadOnlyList<DocumentProblem> Check(string json, Type? document = null, Version? newest = null) =>
        Check(json, document, newest, out _);

    /// <param name="json">The text.</param>
    /// <param name="document">As above.</param>
    /// <param name="newest">As above.</param>
    /// <param name="read">The members that could be read; null when the text is no document.</param>
    internal static IReadOnlyList<DocumentProblem> Check(
        string json, Type? document, Version? newest, out HcsDocument? read)
    {
        read = null;
        JsonDocument text;
        try
        {
            text = HcsJson.Parse(json);
        }
        catch (HcsDocumentException refusal)
        {
            return [new DocumentProblem("$", refusal.Reason)];
        }

        using (text)
        {
            Type root = document ?? TypeOf(text.RootElement);
            if (text.RootElement.ValueKind == JsonValueKind.Null)
            {
                return [new DocumentProblem("$", "the document is null, an object was expected")];
            }

            IReadOnlyList<DocumentProblem> misfits = DocumentShape.Check(root, text.RootElement, out string fitting);
            HcsDocument fit = read = HcsJson.Read(root, fitting);
            return misfits.Count == 0 && fit is ContainerConfig config && ContainerConfigRules.Empty(config) is { } empty
                ? [empty]
                : [.. misfits, .. Rules(fit, newest).Where(problem => !misfits.Any(m => Explains(m.Path, problem.Path)))];
        }
    }

    private static IEnumerable<DocumentProblem> Rules(HcsDocument document, Version? newest) => document switch
    {
        ContainerConfig config => ContainerConfigRules.Check(config),
        ProcessConfig config => ProcessConfigRules.Check(config),
        ComputeSystem system => ComputeSystemRules.Check(system, newest),
        HostComputeNetwork network => NetworkRules.Check(network),
        HostComputeEndpoint endpoint => EndpointRules.Check(endpoint, network: null),
        ProcessParameters parameters =>
            [.. ProcessParametersRules.Check(parameters), .. PublishedRules.Check(parameters, newest)],
        ModifySettingRequest request =>
            [.. Path(request), .. TextRules.Check(request), .. PublishedRules.Check(request, newest)],

        // The answers of the service and its list filters may hold any text.
        ResourceModificationRequestResponse or Container or HostedSystem or Layer or MappedDir or MappedPipe
            or MappedVirtualDisk or HvRuntime => [.. TextRules.Check(document), .. PublishedRules.Check(document, newest)],
        _ => PublishedRules.Check(document, newest),
    };

    private static IEnumerable<DocumentProblem> Path(ModifySettingRequest request) =>
        MemberRules.Required(request.ResourcePath, nameof(request.ResourcePath)) is { } problem ? [problem] : [];

    private static Type TypeOf(JsonElement root) =>
        HasAny(root, s_ofEndpoint) ? typeof(HostComputeEndpoint)
        : HasAny(root, s_ofNetwork) ? typeof(HostComputeNetwork)
        : NamesSchema2(root) ? typeof(ComputeSystem)
        : typeof(ContainerConfig);

    private static bool HasAny(JsonElement root, IEnumerable<string> members) =>
        members.Any(name => Member(root, name) is not null);

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

    /// <summary>
    /// True when a misfit explains a problem: a member that was left out because of its type is not also missing.
    /// </summary>
    private static bool Explains(string misfit, string path) =>
        path.StartsWith(misfit, StringComparison.OrdinalIgnoreCase)
        && (path.Length == misfit.Length || path[misfit.Length] is '.' or '[');
}
