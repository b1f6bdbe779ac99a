using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Oci.State;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Images;

namespace HcsPowerShell.Embedded.Linux.Oci.Images;

/// <summary>Copies an image into an OCI layout by skopeo, which checks every digest.</summary>
internal static class ImageCopy
{
    /// <summary>Name of the image in the layout.</summary>
    public const string Name = "image";

    private const string Program = "skopeo";

    // What a user has set for the whole session: where registries are reached, and how the user has logged in to them.
    private static readonly string[] s_passedOn =
    [
        "HOME", "XDG_RUNTIME_DIR", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy",
    ];

    /// <summary>Copies an image of a registry.</summary>
    /// <param name="source">The reference, and how to get it.</param>
    /// <param name="reference">The reference, without a transport.</param>
    /// <param name="platform">The platform to choose.</param>
    /// <param name="work">The import.</param>
    /// <param name="abandoned">Cancelled to kill the program.</param>
    /// <exception cref="ImageException">There is no such image, or the registry refuses.</exception>
    public static async Task OfReferenceAsync(
        ImageSource source, string reference, ImagePlatform platform, ImageWork work, CancellationToken abandoned)
    {
        List<string> options = [];
        if (source.SkipCertificateCheck)
        {
            options.Add("--src-tls-verify=false");
        }

        // A file in memory: no disk has it, only root can open it, and it ends with this process at the latest.
        using MemoryFile? login = string.IsNullOrEmpty(source.User)
            ? null
            : MemoryFile.Create("login", Login(reference, source.User!, source.Password ?? string.Empty));
        if (login is not null)
        {
            options.AddRange(["--authfile", login.Path]);
        }

        await RunAsync(reference, "docker://" + reference, options, platform, work, ImageProblem.Refused, abandoned)
            .ConfigureAwait(false);
    }

    /// <summary>Copies an image of an archive.</summary>
    /// <param name="path">Path of the archive.</param>
    /// <param name="image">The image.</param>
    /// <param name="platform">The platform to choose.</param>
    /// <param name="work">The import.</param>
    /// <param name="abandoned">Cancelled to kill the program.</param>
    /// <exception cref="ImageException">A part of it is missing, damaged, or unknown.</exception>
    public static Task OfArchiveAsync(
        string path, ArchivedImage image, ImagePlatform platform, ImageWork work, CancellationToken abandoned)
    {
        // A colon in a path would end it.
        string link = Path.Combine(work.Folder, "source");
        using (Folder folder = Folder.Open(work.Folder))
        {
            if (image.Form == ArchiveForm.LayoutFolder)
            {
                // A layout with this image alone, because skopeo takes the first one of a name.
                folder.Make("source", HostFolder.PrivateMode);
                folder.MakeLink("source/blobs", Path.Combine(path, "blobs"));
                File.WriteAllText(Path.Combine(link, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}""");
                File.WriteAllBytes(Path.Combine(link, OciLayout.IndexName), Index(image));
            }
            else
            {
                folder.MakeLink("source", path);
            }
        }

        string from = image.Form switch
        {
            ArchiveForm.LayoutFolder => $"oci:{link}:{Name}",
            ArchiveForm.DockerFile => $"docker-archive:{link}:@{image.Position}",
            _ when image.ReferenceName is { } reference => $"oci-archive:{link}:{reference}",
            _ => $"oci-archive:{link}",
        };
        return RunAsync(path, from, [], platform, work, ImageProblem.Unreadable, abandoned);
    }

    // The policy of the machine is left out: nobody here asks for a signature, and where the file of the policy is
    // missing, skopeo would refuse everything.
    private static async Task RunAsync(
        string image,
        string from,
        IReadOnlyList<string> options,
        ImagePlatform platform,
        ImageWork work,
        ImageProblem otherwise,
        CancellationToken abandoned)
    {
        string program = HostTool.Find(Program) ?? throw Missing(image, Program);
        (uint? code, string words) = await HostTool.RunAsync(
            program,
            [
                "--insecure-policy", "--override-os", platform.OS, "--override-arch", platform.Architecture,
                "--tmpdir", work.Folder,
                "copy", "--quiet", .. options, from, $"oci:{work.Layout}:{Name}",
            ],
            [.. s_passedOn.Select(Variable).OfType<string>()],
            work.Held,
            work.Guardian,
            abandoned).ConfigureAwait(false);
        if (code != 0)
        {
            throw Failure(image, Program, words, otherwise);
        }
    }

    /// <summary>The refusal of an import for which a program is missing.</summary>
    public static ImageException Missing(string image, string program) => new(
        ImageProblem.ToolMissing,
        image,
        $"'{program}' is not installed. On Debian and Ubuntu the package {program} has it.");

    /// <summary>The reason why a program failed, by what it says.</summary>
    /// <param name="image">The image, as errors name it.</param>
    /// <param name="program">Name of the program.</param>
    /// <param name="words">Its error output.</param>
    /// <param name="otherwise">The reason when its words are not known.</param>
    public static Exception Failure(string image, string program, string words, ImageProblem otherwise)
    {
        IOException cause = new(words);
        if (Says("no space left on device") || Says("disk quota exceeded"))
        {
            return Refusal.Refused(
                ComputeOperation.ImportImage.Function(), HResult.DiskFull, MachineLimit.Of(Errno.ENOSPC)!.Message, cause);
        }

        ImageProblem problem =
            Says("unauthorized") || Says("authentication required") || Says("denied") ? ImageProblem.Refused
            : Says("manifest unknown") || Says("name unknown") || Says("invalid reference format")
                ? ImageProblem.NotFound
            : Says("no image found in manifest list") || Says("no image found in image index")
                ? ImageProblem.OtherPlatform
            : Says("did not match") || Says("does not match") || Says("unexpected EOF") || Says("verification failed")
                || Says("no such file or directory") || Says("not found in tar") ? ImageProblem.Damaged
            : otherwise;
        string message = problem switch
        {
            ImageProblem.Refused => $"The registry of '{image}' refuses, or cannot be reached.",
            ImageProblem.NotFound => $"There is no image '{image}'.",
            ImageProblem.OtherPlatform => $"'{image}' has no image for this machine.",
            ImageProblem.Damaged => $"'{image}' is damaged.",
            _ => $"'{image}' cannot be read.",
        };
        return new ImageException(
            problem, image, $"{message} The last of the inner exceptions has the words of {program}.", cause);

        bool Says(string text) => words.IndexOf(text, StringComparison.OrdinalIgnoreCase) >= 0;
    }

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? $"{name}={value}" : null;

    private static byte[] Index(ArchivedImage image)
    {
        using MemoryStream content = new();
        using (Utf8JsonWriter writer = new(content))
        {
            writer.WriteStartObject();
            writer.WriteNumber("schemaVersion", 2);
            writer.WriteStartArray("manifests");
            writer.WriteStartObject();
            writer.WriteString("mediaType", image.MediaType);
            writer.WriteString("digest", image.Properties.Digest);
            writer.WriteNumber("size", image.ManifestSize);
            writer.WriteStartObject("annotations");
            writer.WriteString(OciLayout.ReferenceName, Name);
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return content.ToArray();
    }

    // A reference without the name of a registry is one of Docker's.
    private static byte[] Login(string reference, string user, string password)
    {
        string first = reference.IndexOf('/') is var end and > 0 ? reference.Substring(0, end) : string.Empty;
        string registry = first == "localhost" || first.IndexOfAny(['.', ':']) >= 0 ? first : "docker.io";
        using MemoryStream content = new();
        using (Utf8JsonWriter writer = new(content))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("auths");
            writer.WriteStartObject(registry);
            writer.WriteString("auth", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return content.ToArray();
    }
}
