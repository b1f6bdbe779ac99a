using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Linux.Oci;
using HcsPowerShell.Embedded.Linux.Oci.State;
using HcsPowerShell.Interop;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>Tests that images are imported, listed and removed, and that containers run on them.</summary>
[SupportedOSPlatform("linux")]
public sealed class ImageTests : ImageTest
{
    [Theory]
    [InlineData("oci:")]
    [InlineData("oci-archive:")]
    [InlineData("docker-archive:")]
    public async Task An_archive_is_imported_listed_run_and_removed(string form)
    {
        string source = Layout("source", BaseLayer(), TopLayer());
        string archive = Path.Combine(Folder, "an archive: it has a colon");
        string named = form == "docker-archive:" ? "example.com/test:1" : "test";
        string copied = Path.Combine(Folder, "copied");
        Run("skopeo", "--insecure-policy", "copy", "-q", $"oci:{source}:latest", $"{form}{copied}:{named}");
        Directory.Move(copied, archive);

        ImageProperties read = Assert.Single(await Images.ReadAsync(archive, Patient));
        Assert.Equal((named, archive, "linux"), (read.Name, read.Source, read.OS));
        Assert.Empty(read.Layers);
        Assert.Empty(await Images.GetImagesAsync(Patient));

        ImageProperties image = await ImportAsync(archive);
        AssertWhole();
        ImageProperties listed = Assert.Single(await Images.GetImagesAsync(Patient));
        Assert.Equivalent(image, listed, strict: true);
        Assert.Equal((named, Store), (listed.Name, listed.Source));
        Assert.Equal(["/bin/sh"], listed.Command);
        Assert.Equal(new KeyValuePair<string, string>("NAME", "value"), Assert.Single(listed.Environment));
        Assert.Equal("/etc", listed.WorkingDirectory);
        Assert.Equal(Path.Combine(Store, image.Digest["sha256:".Length..], "rootfs"), Assert.Single(listed.Layers));

        IContainer container = await StartAsync(Of(listed));
        Assert.Equal("bin dev proc sys three two", await OutputAsync(container, "echo $(ls /)"));
        await container.TerminateAsync(Patient);
        await container.Exited.Within();
        await Eventually(
            async () =>
            {
                try
                {
                    await Images.RemoveAsync(listed, Patient);
                    return true;
                }
                catch (ImageException e) when (e.Problem == ImageProblem.InUse)
                {
                    return false;
                }
            },
            "the image is removed");
        Assert.Empty(await Images.GetImagesAsync(Patient));
        Assert.Empty(Directory.GetDirectories(Store));
        AssertWhole();
    }

    [Fact]
    public async Task A_reference_is_imported_from_a_registry()
    {
        Assert.SkipUnless(
            File.Exists("/usr/bin/docker-registry"), "Needs the packages skopeo and umoci (and docker-registry).");
        using TestRegistry registry = await TestRegistry.StartAsync(Folder);
        string reference = $"{registry.Name}/some/test:1";
        string source = Layout("source", BaseLayer(), TopLayer());
        Run(
            "skopeo", "--insecure-policy", "copy", "-q", "--dest-tls-verify=false",
            $"oci:{source}:latest", $"docker://{reference}");
        ImageSource wanted = new() { Reference = reference, SkipCertificateCheck = true };
        ImageProperties image = await Images.ImportAsync(wanted, Patient);
        Assert.Equal(Assert.Single(await Images.ReadAsync(source, Patient)).Digest, image.Digest);
        Assert.Equal(reference, Assert.Single(await Images.GetImagesAsync(Patient)).Name);
        Assert.Equal(["bin", "three", "two"], Names(image.Layers[0]));

        ImageException e = await ImageRefusedAsync(
            ImageProblem.NotFound,
            () => Images.ImportAsync(wanted with { Reference = $"{registry.Name}/none" }, Patient));
        Assert.NotEmpty(e.InnerException!.Message);
        await ImageRefusedAsync(
            ImageProblem.NotFound,
            () => Images.ImportAsync(wanted with { Reference = $"{registry.Name}/some/test:2" }, Patient));
        await ImageRefusedAsync(
            ImageProblem.Refused, () => Images.ImportAsync(wanted with { SkipCertificateCheck = false }, Patient));
        await ImageRefusedAsync(
            ImageProblem.Refused, () => Images.ImportAsync(wanted with { Reference = "127.0.0.1:1/x" }, Patient));
        await ImageRefusedAsync(
            ImageProblem.NotFound, () => Images.ImportAsync(wanted with { Reference = "No: reference" }, Patient));
        AssertWhole();
    }

    [Fact]
    public async Task The_images_of_the_machine_outlive_hosts_and_the_removal_of_leftovers()
    {
        string name = "test-" + Guid.NewGuid().ToString("N");
        string own = Tar("own.tar", tar => tar.WriteEntry(Text("own", name)));
        EmbeddedComputeService other = new(EmbeddedIsolation.Oci);
        await other.Images.ImportAsync(
            new ImageSource { Path = Layout("source", BaseLayer(), own), Name = name }, Patient);
        other.Close();
        Leftovers.Remove(RuncProgram.Find()!);
        ImageProperties image = Assert.Single(await Host.Images.GetImagesAsync(Patient), image => image.Name == name);
        Assert.Equal("/var/lib/hcspowershell/images", image.Source);
        IContainer container = await StartAsync(Of(image));
        Assert.Equal(name, await OutputAsync(container, "cat /own"));
        await container.TerminateAsync(Patient);
        await container.Exited.Within();
        container.Close();
        Host.Close();
        EmbeddedComputeService last = new(EmbeddedIsolation.Oci);
        await last.Images.RemoveAsync(image, Patient);
        last.Close();
        Assert.False(Directory.Exists(Path.GetDirectoryName(image.Layers[0])));
    }

    private static string[] Names(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order()];
}
