using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Oci.Images;
using HcsPowerShell.Interop;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>Tests that an import makes an image once or not at all, whatever becomes of it.</summary>
[SupportedOSPlatform("linux")]
public sealed class ImageImportTests : ImageTest
{
    [Fact]
    public async Task Two_importers_make_one_image_and_both_names()
    {
        string source = Layout("source", BaseLayer(), TopLayer());
        string[] names = [.. Enumerable.Range(0, 4).Select(i => $"name{i}")];
        ImageProperties[] images = await Task.WhenAll(names.Select(
            name => new OciImages(Store).ImportAsync(new ImageSource { Path = source, Name = name }, Patient)));
        Assert.Single(images.Select(image => image.Digest).Distinct());
        Assert.Equal(names, (await Images.GetImagesAsync(Patient)).Select(image => image.Name).Order());
        Assert.Single(Directory.GetDirectories(Store));
        AssertWhole();
    }

    [Fact]
    public async Task A_name_goes_over_to_the_image_that_is_imported_last()
    {
        string source = Layout("source", BaseLayer());
        Add(source, "other", BaseLayer(), TopLayer());
        ImageException e = await ImageRefusedAsync(ImageProblem.Ambiguous, () => ImportAsync(source));
        Assert.Contains("'latest', 'other'", e.Message, StringComparison.Ordinal);
        await ImageRefusedAsync(ImageProblem.NotFound, () => ImportAsync(source, "third"));
        ImageProperties first = await ImportAsync(source, "latest");
        ImageProperties second = await ImportAsync(source, "other");
        Assert.NotEqual(first.Digest, second.Digest);
        string alone = Layout("alone", BaseLayer(), TopLayer());
        Configure(alone, "latest", "--config.user", "1");
        ImageProperties third = await ImportAsync(alone);
        Assert.Equal(("latest", "1"), (third.Name, third.User));

        ImageProperties[] listed = [.. (await Images.GetImagesAsync(Patient)).OrderBy(image => image.Name)];
        Assert.Equal([null, "latest", "other"], listed.Select(image => image.Name));
        Assert.Equal([first.Digest, third.Digest, second.Digest], listed.Select(image => image.Digest));
        await ImageRefusedAsync(ImageProblem.NotFound, () => Images.RemoveAsync(first, Patient));
        await Images.RemoveAsync(listed[0], Patient);
        Assert.Equal(2, (await Images.GetImagesAsync(Patient)).Count);
        AssertWhole();
    }

    [Fact]
    public async Task An_image_goes_with_its_last_name()
    {
        string source = Layout("source", BaseLayer());
        ImageProperties first = await ImportAsync(source, "first");
        ImageProperties second = await ImportAsync(source, "second");
        await Images.RemoveAsync(first, Patient);
        Assert.Equal("second", Assert.Single(await Images.GetImagesAsync(Patient)).Name);
        Assert.True(File.Exists(Path.Combine(second.Layers[0], "bin", "busybox")));
        await ImageRefusedAsync(ImageProblem.NotFound, () => Images.RemoveAsync(first, Patient));
        await Images.RemoveAsync(second, Patient);
        Assert.Empty(Directory.GetDirectories(Store));
        await ImageRefusedAsync(ImageProblem.NotFound, () => Images.RemoveAsync(second, Patient));
        AssertWhole();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_import_that_nobody_waits_for_ends_with_nothing_left(bool isCancelled)
    {
        using SilentRegistry registry = new();
        ImageSource source = new()
        {
            Reference = registry.Reference,
            User = "user",
            Password = "pass-" + Guid.NewGuid(),
            SkipCertificateCheck = true,
        };
        using CancellationTokenSource cancelled = new();
        Task import = Images.ImportAsync(
            source, new CallOptions(cancelled.Token, isCancelled ? Waits.Limit : TimeSpan.FromSeconds(8)));
        await registry.CalledAsync();
        Assert.NotEmpty(Importers());
        Assert.DoesNotContain(
            Directory.GetDirectories("/proc"),
            process => CommandLine(process).Contains(source.Password, StringComparison.Ordinal));
        Assert.DoesNotContain(
            Directory.GetFiles(Store, "*", SearchOption.AllDirectories),
            file => File.ReadAllText(file).Contains("auth", StringComparison.Ordinal));
        if (isCancelled)
        {
            cancelled.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => import);
        }
        else
        {
            Assert.True((await Assert.ThrowsAsync<HcsException>(() => import.Within())).Is(HResult.OperationTimeout));
        }

        await Images.EndAsync().Within();
        Assert.Empty(Importers());
        AssertWhole();
        await Assert.ThrowsAsync<HcsException>(() => Images.GetImagesAsync(Patient));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_killed_importer_leaves_nothing_to_the_next_one(bool isGuardianKilled)
    {
        string source = Layout("source", BaseLayer());
        string[] importers;
        using (SilentRegistry registry = new())
        {
            using Process importer = Process.Start(new ProcessStartInfo(
                Environment.ProcessPath!, [ImageImporter.Argument, Store, registry.Reference]))!;
            Programs.Add(importer);
            await registry.CalledAsync();
            importers = Importers();
            if (isGuardianKilled)
            {
                Signal.Send(Guardian(), Libc.SIGKILL);
            }

            importer.Kill();
            await importer.WaitForExitAsync(Token).Within();
            Programs.Remove(importer);
            if (isGuardianKilled)
            {
                // skopeo still lives, and writes there.
                string[] left = Directory.GetDirectories(Store, "work-*");
                Assert.Single(left);
                File.WriteAllText(Path.Combine(Store, new string('a', 64) + ".lock"), string.Empty);
                await ImportAsync(source, "first");
                Assert.Equal(left, Directory.GetDirectories(Store, "work-*"));
            }
            else
            {
                await Eventually(() => Importers().Length == 0, "the guardian ends skopeo");
                await Eventually(
                    () => Directory.GetDirectories(Store, "work-*").Length == 0, "the guardian deletes what it wrote");
            }
        }

        // A process that dies has no command line any more, and still holds its locks.
        await Eventually(() => !importers.Any(Directory.Exists), "skopeo ends");
        await ImportAsync(source, "second");
        AssertWhole();
        Assert.Equal(isGuardianKilled ? 2 : 1, (await Images.GetImagesAsync(Patient)).Count);
    }

    [Fact]
    public async Task What_was_removed_half_goes_with_the_next_import()
    {
        string source = Layout("source", BaseLayer());
        ImageProperties image = await ImportAsync(source, "old");
        string half = Path.Combine(Store, "work-half");
        Directory.CreateDirectory(half);
        Directory.Move(Path.GetDirectoryName(image.Layers[0])!, Path.Combine(half, "image"));
        Assert.Empty(await Images.GetImagesAsync(Patient));
        await ImportAsync(source, "new");
        Assert.Equal("new", Assert.Single(await Images.GetImagesAsync(Patient)).Name);
        AssertWhole();
    }

    [Theory]
    [InlineData("wrong digest", ImageProblem.Damaged)]
    [InlineData("cut off", ImageProblem.Damaged)]
    [InlineData("missing layer", ImageProblem.Damaged)]
    [InlineData("missing manifest", ImageProblem.Damaged)]
    [InlineData("unknown layer type", ImageProblem.Unreadable)]
    [InlineData("other system", ImageProblem.OtherPlatform)]
    [InlineData("other architecture", ImageProblem.OtherPlatform)]
    public async Task A_layout_that_cannot_be_used_leaves_nothing(string what, ImageProblem problem)
    {
        string source = Layout("source", BaseLayer(), TopLayer());
        if (what.StartsWith("other", StringComparison.Ordinal))
        {
            Configure(source, "latest", what == "other system" ? "--os=windows" : "--architecture=s390x");
        }

        string blobs = Path.Combine(source, "blobs", "sha256");
        string layer = Directory.GetFiles(blobs).MaxBy(file => new FileInfo(file).Length)!;
        string digest = Assert.Single(await Images.ReadAsync(source, Patient)).Digest;
        string manifest = Path.Combine(blobs, digest["sha256:".Length..]);
        switch (what)
        {
            case "wrong digest":
                byte[] content = File.ReadAllBytes(layer);
                content[^1]++;
                File.WriteAllBytes(layer, content);
                break;
            case "cut off":
                using (FileStream file = File.OpenWrite(layer))
                {
                    file.SetLength(file.Length / 2);
                }

                break;
            case "missing layer":
                File.Delete(layer);
                break;
            case "missing manifest":
                File.Delete(manifest);
                break;
            case "unknown layer type":
                PutManifest(
                    source,
                    File.ReadAllText(manifest).Replace("v1.tar+gzip", "v1.tar+zstd", StringComparison.Ordinal));
                break;
        }

        ImageException e = await ImageRefusedAsync(problem, () => ImportAsync(source));
        Assert.Equal(source, e.Image);
        Assert.Empty(await Images.GetImagesAsync(Patient));
        AssertWhole();
    }

    [Theory]
    [InlineData("oci-archive:", 0.9, ImageProblem.Damaged)]
    [InlineData("docker-archive:", 0.5, ImageProblem.Damaged)]
    [InlineData("docker-archive:", 0, ImageProblem.Unreadable)]
    public async Task A_file_that_is_cut_off_leaves_nothing(string form, double part, ImageProblem problem)
    {
        string source = Layout("source", BaseLayer(), TopLayer());
        string archive = Path.Combine(Folder, "archive");
        Run("skopeo", "--insecure-policy", "copy", "-q", $"oci:{source}:latest", $"{form}{archive}:x:1");
        using (FileStream file = File.OpenWrite(archive))
        {
            file.SetLength((long)(file.Length * part));
        }

        await ImageRefusedAsync(problem, () => ImportAsync(archive));
        await ImageRefusedAsync(ImageProblem.NotFound, () => ImportAsync(archive + ".missing"));
        await ImageRefusedAsync(ImageProblem.Unreadable, () => ImportAsync(NewFolder("empty")));
        AssertWhole();
    }

    [Fact]
    public async Task A_changed_layer_in_a_file_of_Docker_is_found()
    {
        string source = Layout("source", BaseLayer(), TopLayer());
        string archive = Path.Combine(Folder, "archive");
        Run("skopeo", "--insecure-policy", "copy", "-q", $"oci:{source}:latest", $"docker-archive:{archive}:x:1");
        using (FileStream file = File.OpenWrite(archive))
        {
            file.Position = 1 << 20;
            file.WriteByte(77);
        }

        await ImageRefusedAsync(ImageProblem.Damaged, () => ImportAsync(archive));
        AssertWhole();
    }

    [Theory]
    [InlineData("512k")]
    [InlineData("1600k")]
    public async Task A_full_disk_is_named_and_leaves_nothing(string size)
    {
        string source = Layout("source", BaseLayer());
        Directory.CreateDirectory(Store);
        using AtEnd unmounted = OnTmpfs(Store, "size=" + size);
        HcsException e = await Assert.ThrowsAsync<HcsException>(() => ImportAsync(source));
        Assert.True(e.Is(HResult.DiskFull), $"{e.Message} {e.ResultDocument} {e.InnerException?.Message}");
        AssertWhole();
        Assert.Empty(await Images.GetImagesAsync(Patient));
    }

    [Fact]
    public async Task A_registry_gets_the_password_and_refuses_another()
    {
        Assert.SkipUnless(
            File.Exists("/usr/bin/docker-registry"), "Needs the packages skopeo and umoci (and docker-registry).");
        using TestRegistry registry = await TestRegistry.StartAsync(
            Folder, "user:$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a");
        string reference = $"{registry.Name}/test:1";
        string source = Layout("source", BaseLayer());
        Run(
            "skopeo", "--insecure-policy", "copy", "-q", "--dest-tls-verify=false", "--dest-creds", "user:secret",
            $"oci:{source}:latest", $"docker://{reference}");
        ImageSource wanted = new() { Reference = reference, SkipCertificateCheck = true };
        await ImageRefusedAsync(ImageProblem.Refused, () => Images.ImportAsync(wanted, Patient));
        await ImageRefusedAsync(
            ImageProblem.Refused, () => Images.ImportAsync(wanted with { User = "user", Password = "wrong" }, Patient));
        AssertWhole();
        await Images.ImportAsync(wanted with { User = "user", Password = "secret" }, Patient);
        Assert.Equal(reference, Assert.Single(await Images.GetImagesAsync(Patient)).Name);
    }

    // The guardian has the folder alone in its command line.
    private string[] Importers() =>
        [.. Directory.GetDirectories("/proc").Where(process => CommandLine(process) is var line
            && line.Contains(Store + "/work-", StringComparison.Ordinal)
            && !line.Contains("hcs-guardian", StringComparison.Ordinal))];

    private int Guardian() => int.Parse(
        Path.GetFileName(Assert.Single(
            Directory.GetDirectories("/proc"),
            process => CommandLine(process) is var line
                && line.Contains(Store + "/work-", StringComparison.Ordinal)
                && line.Contains("hcs-guardian", StringComparison.Ordinal))),
        CultureInfo.InvariantCulture);

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }

    private static void PutManifest(string layout, string manifest)
    {
        string hex = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(manifest)));
        File.WriteAllText(Path.Combine(layout, "blobs", "sha256", hex), manifest);
        File.WriteAllText(
            Path.Combine(layout, "index.json"),
            $$$"""
            {"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",
            "digest":"sha256:{{{hex}}}","size":{{{manifest.Length}}},
            "annotations":{"org.opencontainers.image.ref.name":"latest"} }]}
            """);
    }
}
