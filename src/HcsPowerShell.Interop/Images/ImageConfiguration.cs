using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace HcsPowerShell.Interop.Images;

/// <summary>The configuration of an image: its platform, and the defaults for the processes in it.</summary>
internal sealed class ImageConfiguration
{
    private static readonly string[] s_ignored = ["Healthcheck", "Volumes", "StopSignal"];

    private readonly ImageNode _document;

    private ImageConfiguration(ImageNode document) => _document = document;

    /// <param name="content">The JSON document.</param>
    /// <param name="image">Path or name of the image, as errors name it.</param>
    /// <exception cref="ImageException">It is no JSON object.</exception>
    public static ImageConfiguration Parse(byte[] content, string image) =>
        new(ImageNode.Parse(content, image, "the configuration"));

    /// <summary>The digests of the layers, uncompressed, oldest first.</summary>
    /// <exception cref="ImageException">A member has the wrong type.</exception>
    public IReadOnlyList<string> LayerDigests => _document.Node("rootfs")?.Texts("diff_ids") ?? [];

    /// <summary>Adds to an image what the configuration says.</summary>
    /// <exception cref="ImageException">A member has the wrong type.</exception>
    public ImageProperties Describe(ImageProperties image)
    {
        ImageProperties described = image with
        {
            OS = NotEmpty(_document.Text("os")),
            OSVersion = Version.TryParse(_document.Text("os.version"), out Version? version) ? version : null,
            Architecture = NotEmpty(_document.Text("architecture")),
            Created = DateTimeOffset.TryParse(
                _document.Text("created"),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out DateTimeOffset created)
                ? created
                : null,
        };
        return _document.Node("config") is not { } config ? described : described with
        {
            Entrypoint = config.Texts("Entrypoint"),
            Command = config.Texts("Cmd"),
            ArgsEscaped = config.IsTrue("ArgsEscaped"),
            Environment = Variables(config.Texts("Env")),
            WorkingDirectory = NotEmpty(config.Text("WorkingDir")),
            User = NotEmpty(config.Text("User")),
            Ignored = [.. s_ignored.Where(config.IsSet)],
        };
    }

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    // The last one counts, as for Docker. What has no name is no variable.
    private static Dictionary<string, string> Variables(IReadOnlyList<string> lines)
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal);
        foreach (string line in lines)
        {
            int end = line.IndexOf('=');
            if (end > 0)
            {
                variables[line.Substring(0, end)] = line.Substring(end + 1);
            }
        }

        return variables;
    }
}
