using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Images;
using Xunit;

namespace HcsPowerShell.Interop.Tests.Images;

/// <summary>Tests the images of Windows on a store of Docker that is made by hand.</summary>
public sealed class StoredImagesTests : ImageFolder
{
    private static readonly string s_base = "sha256:" + Hex("base");
    private static readonly string s_top = "sha256:" + Hex("top");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_images_of_Docker_are_listed_with_their_layers(bool isMoved)
    {
        string root = "docker";
        if (isMoved)
        {
            root = "moved";
            Write("docker/config/daemon.json", JsonSerializer.Serialize(new Dictionary<string, string>
            {
                ["data-root"] = Path.Combine(Folder, root),
            }));
        }

        string named = Put(root, $$"""
            {"os":"windows","os.version":"10.0.20348.1","config":{"Cmd":["c:\\x"],"ArgsEscaped":true},
             "rootfs":{"diff_ids":["{{s_base}}","{{s_top}}"]} }
            """);
        string nameless = Put(root, $$"""{"os":"windows","rootfs":{"diff_ids":["{{s_base}}"]} }""");
        Chain(root, s_base["sha256:".Length..], "b1");
        Chain(root, Hex($"{s_base} {s_top}"), "t1");
        Names(root, ("example.com/x:1", named), ("example.com/x:2", named), ("example.com/x@" + named, named));
        ImageProperties[] images =
            [.. (await Store().GetImagesAsync(Token)).OrderBy(image => image.Name, StringComparer.Ordinal)];
        Assert.Equal([null, "example.com/x:1", "example.com/x:2"], images.Select(image => image.Name));
        Assert.Equal([nameless, named, named], images.Select(image => image.Digest));
        Assert.All(images, image => Assert.Equal(Path.Combine(Folder, root), image.Source));
        Assert.Equal([Layer(root, "b1")], images[0].Layers);
        Assert.Equal([Layer(root, "t1"), Layer(root, "b1")], images[1].Layers);
        Assert.Equal((new Version(10, 0, 20348, 1), true), (images[1].OSVersion, images[1].ArgsEscaped));
    }

    [Theory]
    [InlineData("no chain")]
    [InlineData("no folder")]
    [InlineData("../config")]
    [InlineData("")]
    public async Task A_chain_that_is_not_whole_is_none(string what)
    {
        Put("docker", $$"""{"os":"windows","rootfs":{"diff_ids":["{{s_base}}"]} }""");
        Directory.CreateDirectory(Path.Combine(Folder, "docker", "config"));
        Directory.CreateDirectory(Path.Combine(Folder, "docker", "windowsfilter"));
        if (what != "no chain")
        {
            Write(
                $"docker/image/windowsfilter/layerdb/sha256/{s_base["sha256:".Length..]}/cache-id",
                what == "no folder" ? "b1" : what);
        }

        ImageProperties image = Assert.Single(await Store().GetImagesAsync(Token));
        Assert.Equal("windows", image.OS);
        Assert.Empty(image.Layers);
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("{}")]
    public async Task A_damaged_image_hides_no_other(string content)
    {
        Write("docker/image/windowsfilter/imagedb/content/sha256/" + new string('a', 64), content);
        Write("docker/image/windowsfilter/imagedb/content/sha256/else", content);
        Put("docker", """{"os":"windows"}""");
        Assert.Equal([null, "windows"], (await Store().GetImagesAsync(Token)).Select(image => image.OS).Order());
    }

    [Fact]
    public async Task Names_that_cannot_be_read_are_an_error()
    {
        Put("docker", """{"os":"windows"}""");
        Write("docker/image/windowsfilter/repositories.json", "no JSON");
        await RefusedAsync(ImageProblem.Unreadable, () => Store().GetImagesAsync(Token));
    }

    [Fact]
    public async Task Without_Docker_there_are_no_images_and_no_error() =>
        Assert.Empty(await Store().GetImagesAsync(Token));

    [Fact]
    public async Task An_archive_is_read_for_Windows()
    {
        Index(Blob($$"""
            {"manifests":[{{Manifest("""{"os":"linux"}""", For("linux", ImagePlatform.MachineArchitecture))}},
                          {{Manifest("""{"os":"windows"}""", For("windows", ImagePlatform.MachineArchitecture))}}] }
            """));
        ImageProperties image = Assert.Single(await Store().ReadAsync(Folder, Token));
        Assert.Equal("windows", image.OS);
        Assert.Empty(image.Layers);
        await RefusedAsync(ImageProblem.NotFound, () => Store().ReadAsync("relative", Token));
    }

    [Fact]
    public async Task An_import_says_which_programs_do_it()
    {
        HcsException e = await Assert.ThrowsAsync<HcsException>(
            () => Store().ImportAsync(new ImageSource { Path = Folder }, Token));
        Assert.True(e.Is(HResult.NotSupported));
        foreach (string program in new[] { "docker load", "ctr images import", "wclayer import" })
        {
            Assert.Contains(program, e.ResultDocument, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_of_Docker_is_removed()
    {
        Put("docker", """{"os":"windows"}""");
        ImageProperties image = Assert.Single(await Store().GetImagesAsync(Token));
        ImageException e = await RefusedAsync(ImageProblem.Foreign, () => Store().RemoveAsync(image, Token));
        Assert.Contains("docker rmi", e.Message, StringComparison.Ordinal);
        Assert.Single(await Store().GetImagesAsync(Token));
    }

    [Fact]
    public async Task A_call_ends_with_its_time_or_its_token()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store().GetImagesAsync(new CancellationToken(true)));
        HcsException e = await Assert.ThrowsAsync<HcsException>(
            () => new WaitingImages().GetImagesAsync(new CallOptions(Token, TimeSpan.Zero)));
        Assert.True(e.Is(HResult.OperationTimeout));
    }

    private StoredImages Store() => new(() => Folder);

    private string Layer(string root, string name) => Path.Combine(Folder, root, "windowsfilter", name);

    private string Put(string root, string configuration)
    {
        Write($"{root}/image/windowsfilter/imagedb/content/sha256/{Hex(configuration)}", configuration);
        return "sha256:" + Hex(configuration);
    }

    private void Chain(string root, string chain, string folder)
    {
        Write($"{root}/image/windowsfilter/layerdb/sha256/{chain}/cache-id", folder);
        Directory.CreateDirectory(Layer(root, folder));
    }

    private void Names(string root, params (string Name, string Digest)[] names) => Write(
        $"{root}/image/windowsfilter/repositories.json",
        JsonSerializer.Serialize(new
        {
            Repositories = new { x = names.ToDictionary(name => name.Name, name => name.Digest) },
        }));
}
