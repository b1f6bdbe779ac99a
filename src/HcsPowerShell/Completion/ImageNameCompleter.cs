using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Completion;

/// <summary>Completes the names of images, by the beginning of the name or of its last part.</summary>
public sealed class ImageNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var word = new TypedWord(wordToComplete);
        return
        [
            .. ListedImages(fakeBoundParameters)
                .Where(image => image.Name is { } name
                    && (word.Begins(name) || word.Begins(name.Substring(name.LastIndexOf('/') + 1))))
                .OrderBy(image => image.Name, StringComparer.OrdinalIgnoreCase)
                .Select(image => word.Offer(image.Name!, $"{image.OS} {image.OSVersion} {image.Architecture}".Trim())),
        ];
    }

    private static IReadOnlyList<ImageProperties> ListedImages(IDictionary bound) =>
        HostOfCommand.Find(bound) is { } host
            ? ListForCompletion.Ask<ImageProperties>(
                async stop => host.Session is null
                    ? await host.Service.Images.GetImagesAsync(stop).ConfigureAwait(false)
                    : (await ListedElsewhere.AskAsync(host, "Get-HcsImage", stop).ConfigureAwait(false))
                        .Select(received => ReceivedObject.Image(host, received)?.Properties).OfType<ImageProperties>())
            : [];
}
