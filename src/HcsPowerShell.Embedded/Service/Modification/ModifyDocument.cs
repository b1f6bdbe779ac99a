using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Rules;

namespace HcsPowerShell.Embedded.Service.Modification;

/// <summary>Reads the document of a modify call and refuses what HCS would refuse.</summary>
internal static class ModifyDocument
{
    /// <param name="id">The system.</param>
    /// <param name="request">A request of the schema the system was created in.</param>
    /// <param name="isSchema2">True when that schema is schema 2.</param>
    /// <exception cref="Interop.HcsException">
    /// The request is not valid (HCS_E_INVALID_JSON, also for an unknown name), the resource cannot be changed
    /// (ERROR_NOT_SUPPORTED), or a value is refused (E_INVALIDARG).
    /// </exception>
    public static ResourceRequest Read(string id, string request, bool isSchema2)
    {
        try
        {
            return isSchema2
                ? Schema2Modification.Read(id, ReadTexts<ModifySettingRequest>(id, request))
                : Schema1Modification.Read(id, ReadTexts<ResourceModificationRequestResponse>(id, request));
        }
        catch (HcsDocumentException e)
        {
            throw Refusal.InvalidJson(id, ResourceChange.Function, e);
        }
    }

    /// <summary>
    /// Reads a request for any resource and refuses texts that would add a line to a file or end an argument.
    /// </summary>
    private static T ReadTexts<T>(string id, string json)
        where T : HcsDocument
    {
        T request = HcsJson.Read<T>(json);
        return TextRules.Check(request).FirstOrDefault() is { } problem
            ? throw Refusal.InvalidArgument(id, ResourceChange.Function, $"{problem.Path}: {problem.Message}")
            : request;
    }

    /// <summary>Reads the action of a request; a request without one gets the first allowed action.</summary>
    internal static ChangeType ReadType(string id, string resource, string? given, params ChangeType[] allowed)
    {
        if (string.IsNullOrEmpty(given))
        {
            return allowed[0];
        }

        string[] names = Enum.GetNames(typeof(ChangeType));
        int index = Array.FindIndex(names, name => name.Equals(given, StringComparison.OrdinalIgnoreCase));
        if (index < 0)
        {
            throw new HcsDocumentException("RequestType", $"it is none of {string.Join(", ", names)}");
        }

        var type = (ChangeType)Enum.Parse(typeof(ChangeType), names[index]);
        return allowed.Contains(type)
            ? type
            : throw Refusal.InvalidArgument(
                id, ResourceChange.Function, $"RequestType: {resource} takes {string.Join(" or ", allowed)}, not {type}.");
    }

    /// <summary>Gets the settings, which every resource requires.</summary>
    internal static string Require(string id, RawJson? settings) =>
        settings is null || settings.Text == "null"
            ? throw Refusal.InvalidArgument(id, ResourceChange.Function, "Settings: the member is required and is not set.")
            : settings.Text;

    internal static void Refuse(string id, IEnumerable<DocumentProblem> problems)
    {
        if (problems.FirstOrDefault() is { } problem)
        {
            throw Refusal.InvalidArgument(id, ResourceChange.Function, $"Settings: {problem.Path}: {problem.Message}");
        }
    }
}
