using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Targets;

/// <summary>Finds images by what users type: a name, its end with or without a tag, a pattern, or a digest.</summary>
internal static class ImageNames
{
    private const string DefaultTag = ":latest";

    /// <summary>The images that a text names.</summary>
    public static IEnumerable<ImageProperties> Matching(IEnumerable<ImageProperties> images, string text) =>
        WildcardPattern.ContainsWildcardCharacters(text)
            ? images.Where(image => image.Name is { } name && new WildcardPattern(text, WildcardOptions.IgnoreCase).IsMatch(name))
            : images.Where(image => IsNamed(image, text));

    /// <summary>The one image of a host that a text names.</summary>
    /// <exception cref="ImageException">No image has this name, or several have.</exception>
    public static async Task<ImageProperties> FindAsync(HcsHost host, string text, Deadline deadline)
    {
        ImageProperties[] found =
        [
            .. (await host.Service.Images.GetImagesAsync(deadline).ConfigureAwait(false)).Where(image => IsNamed(image, text)),
        ];
        return found.Select(image => image.Digest).Distinct().Count() switch
        {
            0 => throw NotFound(host, text),
            1 => found[0],
            _ => throw new ImageException(
                ImageProblem.Ambiguous,
                text,
                $"'{text}' names several images: {string.Join(", ", found.Select(image => image.Name))}."),
        };
    }

    /// <summary>The refusal of a name that no image of the host has.</summary>
    public static ImageException NotFound(HcsHost host, string text) =>
        new(ImageProblem.NotFound, text, $"There is no image '{text}' on host '{host.Name}'.");

    private static bool IsNamed(ImageProperties image, string text) =>
        image.Digest.Equals(text, StringComparison.OrdinalIgnoreCase)
        || (image.Name is { } name && (EndsWith(name, text) || EndsWith(name, text + DefaultTag)));

    private static bool EndsWith(string name, string text) =>
        name.Equals(text, StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("/" + text, StringComparison.OrdinalIgnoreCase);
}
