using System.IO;
using System.Linq;
using HcsPowerShell.Embedded.Linux.Oci;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>The requirements of the tests of isolation Oci on the machine.</summary>
internal static class OciMachine
{
    private static readonly string[] s_tools =
        ["/bin/busybox", "/sbin/mkfs.ext4", "/usr/bin/mksquashfs", "/sbin/ip", "/usr/bin/nsenter"];

    public static void SkipUnlessPossible()
    {
        Assert.SkipWhen(OciRequirements.Lack() is not null, $"Needs isolation Oci: {OciRequirements.Lack()}.");
        Assert.SkipUnless(
            s_tools.All(File.Exists), "Needs the packages busybox-static, e2fsprogs, squashfs-tools, iproute2, util-linux.");
    }
}
