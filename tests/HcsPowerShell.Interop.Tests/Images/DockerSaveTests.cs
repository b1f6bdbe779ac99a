using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.Linq;
using System.Text;
using HcsPowerShell.Interop.Images;
using Xunit;

namespace HcsPowerShell.Interop.Tests.Images;

/// <summary>Tests what is read of a file of <c>docker save</c>.</summary>
public sealed class DockerSaveTests : ImageFolder
{
    private const string Configuration = """{"os":"linux","architecture":"arm64","config":{"User":"u"}}""";

    [Fact]
    public void Every_name_is_an_image_and_an_image_without_one_too()
    {
        string own = Hex(Configuration) + ".json";
        string path = Tar(
            ("manifest.json", $$"""
                [{"Config":"{{own}}","RepoTags":["a:1","b:2"],"Layers":["x/layer.tar"]},
                 {"Config":"blobs/sha256/{{Hex("{}")}}","RepoTags":null,"Layers":[]}]
                """),
            (own, Configuration),
            ("blobs/sha256/" + Hex("{}"), "{}"),
            ("x/layer.tar", "layer"));
        IReadOnlyList<ArchivedImage> images = ImageArchive.Read(path, Linux, Token);
        Assert.Equal(["a:1", "b:2", null], images.Select(image => image.Properties.Name));
        Assert.Equal([0, 0, 1], images.Select(image => image.Position));
        Assert.Equal(["u", "u", null], images.Select(image => image.Properties.User));
        Assert.All(images, image => Assert.Equal(ArchiveForm.DockerFile, image.Form));
        Assert.Equal("sha256:" + Hex(Configuration), images[0].Properties.Digest);
    }

    [Theory]
    [InlineData("""[{"Config":"missing","Layers":[]}]""", ImageProblem.Damaged)]
    [InlineData("""[{"Config":"ok.json","Layers":["missing"]}]""", ImageProblem.Damaged)]
    [InlineData(
        """[{"Config":"0000000000000000000000000000000000000000000000000000000000000000.json","Layers":[]}]""",
        ImageProblem.Damaged)]
    [InlineData("""[{"Layers":[]}]""", ImageProblem.Unreadable)]
    [InlineData("""{"Config":"ok.json"}""", ImageProblem.Unreadable)]
    [InlineData("""[{"Config":"ok.json","RepoTags":"a"}]""", ImageProblem.Unreadable)]
    [InlineData("no JSON", ImageProblem.Unreadable)]
    public void A_manifest_that_is_wrong_is_refused(string manifest, ImageProblem problem)
    {
        string path = Tar(("manifest.json", manifest), ("ok.json", "{}"), (new string('0', 64) + ".json", "{}"));
        Refused(problem, () => ImageArchive.Read(path, Linux, Token));
    }

    private string Tar(params (string Name, string Content)[] files)
    {
        string path = Path.Combine(Folder, "saved.tar");
        using FileStream file = File.Create(path);
        using TarWriter tar = new(file);
        foreach ((string name, string content) in files)
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)),
            });
        }

        return path;
    }
}
