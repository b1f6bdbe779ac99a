using System;
using System.Linq;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Rules;

namespace HcsPowerShell.Documents;

/// <summary>A container about to be created: the id and the document that would be sent.</summary>
internal sealed record ContainerDraft(string Id, string Document)
{
    private const string AdditionalJsonVariable = "HCSSHIM_CREATECONTAINER_ADDITIONALJSON";

    /// <summary>Completes and checks a configuration.</summary>
    /// <param name="config">What the user gave; completed in place.</param>
    /// <param name="id">The id; by default the name of the configuration, else a new GUID.</param>
    /// <param name="additionalJson">Merged over the document and wins; by default hcsshim's environment variable.</param>
    /// <exception cref="HcsDocumentException">A value is refused; nothing was sent.</exception>
    public static ContainerDraft Complete(ContainerConfig config, string? id, string? additionalJson)
    {
        string chosen = FirstSet(id, config.Name) ?? Guid.NewGuid().ToString();
        if (ContainerId.Problem(chosen) is { } problem)
        {
            throw new HcsDocumentException("Id", problem);
        }

        config.SystemType = "Container";
        config.Name = chosen;
        config.Owner = FirstSet(config.Owner) ?? Commands.NewHcsContainerCommand.DefaultOwner;
        string document = HcsJson.Write(config);
        if (FirstSet(additionalJson, Environment.GetEnvironmentVariable(AdditionalJsonVariable)) is { } additional)
        {
            document = DocumentMerge.Over(document, additional);
        }

        Check(HcsJson.Read<ContainerConfig>(document));
        return new ContainerDraft(chosen, document);
    }

    private static void Check(ContainerConfig config)
    {
        if (ContainerConfigRules.Check(config).FirstOrDefault() is { } problem)
        {
            throw new HcsDocumentException(problem.Path, problem.Message);
        }
    }

    private static string? FirstSet(params string?[] values) => values.FirstOrDefault(v => !string.IsNullOrEmpty(v));
}
