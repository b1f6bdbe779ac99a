using System;
using System.IO;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>
/// Tests that a creation that fails after the container was made holds nothing of it, even before a garbage collection.
/// </summary>
[Collection(CountedCollection.Name)]
public sealed class FailedCreationTests : OciTest
{
    [Fact]
    public async Task A_creation_that_fails_for_its_endpoint_lets_go_of_disks_and_handles()
    {
        string endpoint = "h" + Guid.NewGuid().ToString("N")[..10];
        string image = Path.Combine(Folder, "disk.ext4");
        await File.WriteAllBytesAsync(image, new byte[4 << 20], Token);
        Run("mkfs.ext4", "-q", "-F", image);
        MappedVirtualDisk[] disks = [new() { HostPath = image, ContainerPath = "/disk" }];
        IContainer warm = await CreateAsync(new ContainerConfig { MappedVirtualDisks = disks });
        await warm.TerminateAsync(Patient);
        await warm.Exited.Within();
        warm.Close();
        await Eventually(() => Traces.IsFree(image), "the disk is free");
        int descriptors = Descriptors();

        // A garbage collection would close forgotten handles.
        Assert.True(GC.TryStartNoGCRegion(100_000_000));
        try
        {
            Run("ip", "link", "add", endpoint, "type", "veth", "peer", "name", endpoint + "o");

            // The endpoint exists when it is looked up, and has moved away when it is moved for the second time.
            string message = await RefusedAsync(
                () => CreateAsync(new ContainerConfig { EndpointList = [endpoint, endpoint], MappedVirtualDisks = disks }),
                HResult.Unspecified);
            Assert.Contains("EndpointList", message, StringComparison.Ordinal);
            await Waits.Until(() => Traces.IsFree(image));
            await Waits.Until(() => Descriptors() <= descriptors);
        }
        finally
        {
            GC.EndNoGCRegion();
        }
    }

    private static int Descriptors() => Directory.GetFiles("/proc/self/fd").Length;
}
