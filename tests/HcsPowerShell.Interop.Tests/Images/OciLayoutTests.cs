using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.Linq;
using HcsPowerShell.Interop.Images;
using Xunit;

namespace HcsPowerShell.Interop.Tests.Images;

/// <summary>Tests what is read of an OCI layout, as a folder and as a tar file.</summary>
public sealed class OciLayoutTests : ImageFolder
{
    private const string Configuration = """
        {"os":"linux","architecture":"amd64","created":"2026-01-02T03:04:05.123456789Z","rootfs":{"diff_ids":[]},
         "config":{"Entrypoint":["/a","b c"],"Cmd":["d"],"Env":["A=1","B=x=y","A=2","=z","nothing"],
                   "WorkingDir":"/w","User":"u","ArgsEscaped":true,"Healthcheck":{"Test":["NONE"]},
                   "Volumes":{"/v":{} },"StopSignal":"TERM"} }
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Everything_of_the_configuration_is_read(bool isFile)
    {
        Index(Manifest(Configuration, Named("name:1")));
        string path = isFile ? Tar() : Folder;
        ArchivedImage image = Assert.Single(ImageArchive.Read(path, Linux, Token));
        Assert.Equal(isFile ? ArchiveForm.LayoutFile : ArchiveForm.LayoutFolder, image.Form);
        Assert.Equivalent(
            new ImageProperties
            {
                Name = "name:1",
                Digest = image.Properties.Digest,
                Source = path,
                OS = "linux",
                Architecture = "amd64",
                Created = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(1234568),
                Entrypoint = ["/a", "b c"],
                Command = ["d"],
                ArgsEscaped = true,
                Environment = new Dictionary<string, string> { ["A"] = "2", ["B"] = "x=y" },
                WorkingDirectory = "/w",
                User = "u",
                Ignored = ["Healthcheck", "Volumes", "StopSignal"],
            },
            image.Properties,
            strict: true);
    }

    [Fact]
    public void What_a_configuration_does_not_say_is_empty()
    {
        Index(Manifest(
            """{"config":{"Cmd":null,"Env":[],"WorkingDir":"","Volumes":{},"StopSignal":"","Healthcheck":null}}"""));
        ImageProperties image = Assert.Single(ImageArchive.Read(Folder, Linux, Token)).Properties;
        Assert.Equivalent(new ImageProperties { Digest = image.Digest, Source = Folder }, image, strict: true);
    }

    [Fact]
    public void The_version_of_Windows_is_read()
    {
        Index(Manifest("""{"os":"windows","os.version":"10.0.20348.2700"}"""));
        ImageProperties image = Assert.Single(ImageArchive.Read(Folder, Linux, Token)).Properties;
        Assert.Equal(("windows", new Version(10, 0, 20348, 2700)), (image.OS, image.OSVersion));
    }

    [Fact]
    public void Several_images_keep_their_order_and_the_whole_name_goes_first()
    {
        Index(
            Manifest("""{"os":"a"}""", Named("one")),
            Manifest("""{"os":"b"}""", Named("1")[..^1] + ""","io.containerd.image.name":"two:1"}"""),
            Manifest("""{"os":"c"}"""));
        IReadOnlyList<ArchivedImage> images = ImageArchive.Read(Folder, Linux, Token);
        Assert.Equal(["one", "two:1", null], images.Select(image => image.Properties.Name));
        Assert.Equal(["one", "1", null], images.Select(image => image.ReferenceName));
        Assert.Equal(["a", "b", "c"], images.Select(image => image.Properties.OS));
        Assert.Equal([0, 1, 2], images.Select(image => image.Position));
    }

    [Theory]
    [InlineData("linux", "amd64", "first")]
    [InlineData("linux", "arm64", "arm")]
    [InlineData("windows", "amd64", "windows")]
    [InlineData("plan9", "amd64", "attestation")]
    public void Of_a_nested_index_the_first_one_for_the_platform_is_taken(
        string os, string architecture, string expected)
    {
        string[] choice =
        [
            Manifest("""{"config":{"User":"attestation"}}""", For("unknown", "unknown")),
            Manifest("""{"config":{"User":"first"}}""", For("linux", "amd64")),
            Manifest("""{"config":{"User":"second"}}""", For("linux", "amd64")),
            Manifest("""{"config":{"User":"arm"}}""", For("linux", "arm64")),
            Manifest("""{"config":{"User":"windows"}}""", For("windows", "amd64")),
        ];
        string inner = Blob($$"""{"manifests":[{{string.Join(",", choice)}}]}""");
        Index(Blob($$"""{"manifests":[{{inner}}] }""", Named("nested")));
        ArchivedImage image = Assert.Single(ImageArchive.Read(Folder, new ImagePlatform(os, architecture), Token));
        Assert.Equal((expected, "nested"), (image.Properties.User, image.Properties.Name));
        Assert.True(image.ManifestSize > 0);
    }

    [Fact]
    public void Indexes_that_are_nested_without_end_are_refused()
    {
        string inner = Manifest("{}");
        for (int i = 0; i < 10; i++)
        {
            inner = Blob($$"""{"manifests":[{{inner}}] }""");
        }

        Index(inner);
        Refused(ImageProblem.Unreadable, () => ImageArchive.Read(Folder, Linux, Token));
    }

    [Theory]
    [InlineData("not JSON", ImageProblem.Unreadable)]
    [InlineData("[]", ImageProblem.Unreadable)]
    [InlineData("""{"manifests":{}}""", ImageProblem.Unreadable)]
    [InlineData("""{"manifests":[1]}""", ImageProblem.Unreadable)]
    [InlineData("""{"manifests":[{}]}""", ImageProblem.Unreadable)]
    [InlineData("""{"manifests":[{"digest":"sha256:../../../etc/passwd"}]}""", ImageProblem.Unreadable)]
    [InlineData("""{"manifests":[{"digest":"sha512:00"}]}""", ImageProblem.Unreadable)]
    [InlineData("""{"manifests":[{"digest":"\ud800"}]}""", ImageProblem.Unreadable)]
    [InlineData(
        """{"manifests":[{"digest":"sha256:0000000000000000000000000000000000000000000000000000000000000000"}]}""",
        ImageProblem.Damaged)]
    public void An_index_that_is_none_is_refused(string index, ImageProblem problem)
    {
        Write("index.json", index);
        ImageException e = Refused(problem, () => ImageArchive.Read(Folder, Linux, Token));
        Assert.Equal(Folder, e.Image);
    }

    [Theory]
    [InlineData("""{"config":[]}""")]
    [InlineData("""{"config":{"Cmd":"text"}}""")]
    [InlineData("""{"config":{"Env":[1]}}""")]
    [InlineData("""{"os":1}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public void A_configuration_that_is_none_is_refused(string configuration)
    {
        Index(Manifest(configuration));
        Refused(ImageProblem.Unreadable, () => ImageArchive.Read(Folder, Linux, Token));
    }

    [Theory]
    [InlineData("layer", "gone")]
    [InlineData("layer", "longer")]
    [InlineData("{}", "gone")]
    [InlineData("{}", "changed")]
    public void A_part_that_is_missing_or_changed_is_named(string part, string change)
    {
        Index(Manifest("{}"));
        string file = Path.Combine(Folder, "blobs", "sha256", Hex(part));
        switch (change)
        {
            case "gone":
                File.Delete(file);
                break;
            case "longer":
                File.AppendAllText(file, "x");
                break;
            case "changed":
                File.WriteAllText(file, "[]");
                break;
        }

        ImageException e = Refused(ImageProblem.Damaged, () => ImageArchive.Read(Folder, Linux, Token));
        Assert.Contains(Hex(part), e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_that_may_not_be_distributed_can_be_missing()
    {
        const string Missing = "sha256:0000000000000000000000000000000000000000000000000000000000000000";
        Index(Blob($$"""
            {"config":{{Blob("{}")}},"layers":[{"digest":"{{Missing}}","size":1,"urls":["https://example.com"]}]}
            """));
        Assert.Single(ImageArchive.Read(Folder, Linux, Token));
    }

    [Fact]
    public void A_document_that_is_huge_is_not_read()
    {
        Write("index.json", new string(' ', ImageNode.MostBytes + 1));
        ImageException e = Refused(ImageProblem.Unreadable, () => ImageArchive.Read(Folder, Linux, Token));
        Assert.Contains("4194305 bytes", e.Message, StringComparison.Ordinal);
        Refused(ImageProblem.Unreadable, () => ImageArchive.Read(Tar(), Linux, Token));
    }

    [Fact]
    public void What_is_no_archive_is_refused()
    {
        Refused(ImageProblem.Unreadable, () => ImageArchive.Read(Folder, Linux, Token));
        Refused(ImageProblem.NotFound, () => ImageArchive.Read(Path.Combine(Folder, "missing"), Linux, Token));
        Refused(ImageProblem.Unreadable, () => ImageArchive.Read(Write("text", "some text"), Linux, Token));
        Refused(ImageProblem.Unreadable, () => ImageArchive.Read(Write("long", new string('x', 5000)), Linux, Token));
        Refused(ImageProblem.Unreadable, () => ImageArchive.Read(Tar(), Linux, Token));
    }

    private string Tar()
    {
        string path = Folder + ".tar";
        try
        {
            TarFile.CreateFromDirectory(Folder, path, includeBaseDirectory: false);
            string inside = Path.Combine(Folder, "archive.tar");
            File.Move(path, inside, overwrite: true);
            return inside;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
