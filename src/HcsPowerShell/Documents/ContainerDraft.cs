using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Rules;
using HcsPowerShell.Interop.Documents.Translation;

namespace HcsPowerShell.Documents;

/// <summary>A container that a command is about to create.</summary>
/// <param name="Id">The id of the container.</param>
/// <param name="Document">The document to send.</param>
/// <param name="Version">The schema version of the document.</param>
/// <param name="Config">The typed configuration, when the document has schema 1.</param>
internal sealed record ContainerDraft(string Id, string Document, SchemaVersion Version, ContainerConfig? Config = null)
{
    /// <summary>The owner of a container whose configuration names none.</summary>
    public const string DefaultOwner = "HcsPowerShell";

    /// <summary>The class of the document.</summary>
    public Type Type => Version.CreationType;

    private const string AdditionalJsonVariable = "HCSSHIM_CREATECONTAINER_ADDITIONALJSON";

    /// <summary>Completes and checks a configuration.</summary>
    /// <param name="config">The configuration from the user; the method completes it in place.</param>
    /// <param name="id">The id; the default is the name in the configuration, or a new GUID.</param>
    /// <param name="version">The schema version to send; from 2.0 on, the configuration is translated.</param>
    /// <param name="additionalJson">
    /// JSON that is merged over the document and whose values win; the default is the value of hcsshim's environment
    /// variable.
    /// </param>
    /// <exception cref="HcsDocumentException">A value is refused; nothing was sent.</exception>
    /// <exception cref="HcsTranslationException">A member has no counterpart in schema 2.</exception>
    public static ContainerDraft Complete(
        ContainerConfig config, string? id, SchemaVersion version, string? additionalJson)
    {
        string chosen = ChooseId(id ?? config.Name);
        config.Name = chosen;
        config.Owner = string.IsNullOrEmpty(config.Owner) ? DefaultOwner : config.Owner;
        Refuse(ContainerConfigRules.Check(config));
        config.SystemType = ContainerConfig.OnlySystemType;
        if (version.Major > 1)
        {
            string translated = Merge(HcsJson.Write(ContainerTranslation.ToComputeSystem(config, version)), additionalJson);
            Refuse(ComputeSystemRules.Check(HcsJson.Read<ComputeSystem>(translated)));
            return new ContainerDraft(chosen, translated, version);
        }

        string written = HcsJson.Write(config);
        string document = Merge(written, additionalJson);
        if (document == written)
        {
            return new ContainerDraft(chosen, document, version, config);
        }

        ContainerConfig merged = HcsJson.Read<ContainerConfig>(document);
        Refuse(ContainerConfigRules.Check(merged));
        return new ContainerDraft(chosen, document, version, merged);
    }

    /// <summary>Completes and checks a whole schema 2 document, which names its schema version itself.</summary>
    /// <exception cref="HcsDocumentException">A value is refused; nothing was sent.</exception>
    public static ContainerDraft Whole(ComputeSystem document, string? id, string? additionalJson)
    {
        document.Owner = string.IsNullOrEmpty(document.Owner) ? DefaultOwner : document.Owner;
        string merged = Merge(HcsJson.Write(document), additionalJson);
        Refuse(ComputeSystemRules.Check(HcsJson.Read<ComputeSystem>(merged)));
        return new ContainerDraft(ChooseId(id), merged, document.SchemaVersion!);
    }

    /// <summary>Builds the properties of the container without a call to the service.</summary>
    /// <param name="state">The state of the container.</param>
    public ContainerProperties Describe(string state)
    {
        ComputeSystem? system = Config is null ? HcsJson.Read<ComputeSystem>(Document) : null;
        return new ContainerProperties
        {
            Id = Id,
            Name = Config?.Name,
            Owner = Config?.Owner ?? system?.Owner,
            SystemType = system?.VirtualMachine is null ? "Container" : "VirtualMachine",
            State = state,
        };
    }

    private static string ChooseId(string? wanted)
    {
        string chosen = string.IsNullOrEmpty(wanted) ? Guid.NewGuid().ToString() : wanted!;
        return ContainerId.Problem(chosen) is { } problem ? throw new HcsDocumentException("Id", problem) : chosen;
    }

    private static string Merge(string document, string? additionalJson)
    {
        string? additional = string.IsNullOrEmpty(additionalJson)
            ? Environment.GetEnvironmentVariable(AdditionalJsonVariable)
            : additionalJson;
        return string.IsNullOrEmpty(additional) ? document : DocumentMerge.Over(document, additional!);
    }

    private static void Refuse(IEnumerable<DocumentProblem> problems)
    {
        if (problems.FirstOrDefault() is { } problem)
        {
            throw new HcsDocumentException(problem.Path, problem.Message);
        }
    }
}
