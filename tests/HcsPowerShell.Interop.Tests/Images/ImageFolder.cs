using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Images;
using Xunit;

namespace HcsPowerShell.Interop.Tests.Images;

/// <summary>Base class of tests with a folder in which they make archives by hand.</summary>
public abstract class ImageFolder : IDisposable
{
    private protected string Folder { get; } = Directory.CreateTempSubdirectory("hcs images ").FullName;

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    internal static ImagePlatform Linux { get; } = new("linux", "amd64");

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected static string Hex(string content) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    private protected string Write(string name, string content)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Writes a blob and returns its descriptor, with further members.</summary>
    private protected string Blob(string content, string more = "")
    {
        Write("blobs/sha256/" + Hex(content), content);
        return $$"""{"digest":"sha256:{{Hex(content)}}","size":{{content.Length}}{{more}}}""";
    }

    /// <summary>Writes a manifest with one layer, and returns its descriptor.</summary>
    private protected string Manifest(string configuration, string more = "", string layer = "layer") => Blob(
        $$"""{"schemaVersion":2,"config":{{Blob(configuration)}},"layers":[{{Blob(layer)}}]}""", more);

    private protected void Index(params string[] descriptors) =>
        Write("index.json", $$"""{"schemaVersion":2,"manifests":[{{string.Join(",", descriptors)}}]}""");

    private protected static string Named(string name) =>
        $$""","annotations":{"org.opencontainers.image.ref.name":{{JsonSerializer.Serialize(name)}}}""";

    private protected static string For(string os, string architecture) =>
        $$""","platform":{"os":"{{os}}","architecture":"{{architecture}}"}""";

    private protected static ImageException Refused(ImageProblem problem, Func<object> call)
    {
        ImageException e = Assert.Throws<ImageException>(call);
        Assert.Equal((problem, e.Message), (e.Problem, e.Message));
        return e;
    }

    private protected static async Task<ImageException> RefusedAsync(ImageProblem problem, Func<Task> call)
    {
        ImageException e = await Assert.ThrowsAsync<ImageException>(call);
        Assert.Equal((problem, e.Message), (e.Problem, e.Message));
        return e;
    }
}
