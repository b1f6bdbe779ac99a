using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Rules;
using HcsPowerShell.Interop.Documents.Translation;

namespace HcsPowerShell.Documents;

/// <summary>One change of a resource of a running container, as a request of the schema that has one for it.</summary>
/// <param name="request">The request. Its class tells the schema.</param>
/// <param name="action">The action, as a confirmation names it.</param>
/// <param name="resource">The resource, as the request names it.</param>
internal sealed class ResourceChange(HcsDocument request, string action, string resource)
{
    private const string Add = "Add";
    private const string Remove = "Remove";
    private const string Update = "Update";

    private static readonly SchemaVersion s_schema2 = new() { Major = 2, Minor = 1 };

    /// <summary>The request, as it is sent.</summary>
    public string Request { get; } = HcsJson.Write(request);

    /// <summary>The class of the request.</summary>
    public Type Type { get; } = request.GetType();

    /// <summary>The action, as a confirmation names it.</summary>
    public string Action { get; } = action;

    /// <summary>The resource, as the request names it.</summary>
    public string Resource { get; } = resource;

    /// <summary>True for a request of schema 2.</summary>
    public bool IsOfSchema2 => Type == typeof(ModifySettingRequest);

    /// <summary>
    /// The changes that bring a container to a configuration, in the order of its members: limits are set, folders,
    /// pipes and endpoints added or removed.
    /// </summary>
    /// <param name="wanted">The members to change, as the parameters of New-HcsContainer name them.</param>
    /// <param name="removes">True to remove folders, pipes and endpoints.</param>
    /// <exception cref="HcsDocumentException">A value is refused.</exception>
    /// <exception cref="HcsTranslationException">A value has no counterpart in schema 2.</exception>
    public static IReadOnlyList<ResourceChange> Of(ContainerConfig wanted, bool removes)
    {
        if (ContainerConfigRules.Check(wanted).FirstOrDefault() is { } problem)
        {
            throw new HcsDocumentException(problem.Path, problem.Message);
        }

        string[] endpoints = wanted.EndpointList ?? [];
        wanted.EndpointList = null;
        Container settings = ContainerTranslation.ToComputeSystem(wanted, s_schema2).Container!;
        return
        [
            .. Limit(
                "Container/Memory/SizeInMB",
                settings.Memory?.SizeInMB is { } size and > 0 ? size.ToString(CultureInfo.InvariantCulture) : null),
            .. Limit("Container/Processor", settings.Processor is { } processor ? HcsJson.Write(processor) : null),
            .. (settings.MappedDirectories ?? []).Select(folder => OfSchema2(
                "Container/MappedDirectories", removes ? Remove : Add, HcsJson.Write(folder), folder.ContainerPath)),
            .. (settings.MappedPipes ?? []).Select(pipe => OfSchema2(
                "Container/MappedPipes", removes ? Remove : Add, HcsJson.Write(pipe), pipe.ContainerPipeName)),
            .. endpoints.Select(endpoint => OfEndpoint(endpoint, removes ? Remove : Add)),
        ];
    }

    private static IEnumerable<ResourceChange> Limit(string path, string? settings) =>
        settings is null ? [] : [OfSchema2(path, Update, settings, settings)];

    private static ResourceChange OfSchema2(string path, string action, string settings, string? shown) => new(
        new ModifySettingRequest { ResourcePath = path, RequestType = action, Settings = new RawJson(settings) },
        $"{action} {path} {shown}",
        path);

    private static ResourceChange OfEndpoint(string id, string action) => new(
        new ResourceModificationRequestResponse
        {
            ResourceType = "Network",
            RequestType = action,
            Settings = new RawJson(DocumentText.From(id)),
        },
        $"{action} Network {id}",
        "Network");
}
