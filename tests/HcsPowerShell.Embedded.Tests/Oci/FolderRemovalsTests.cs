using System.IO;
using HcsPowerShell.Embedded.Linux.Oci.State;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

public sealed class FolderRemovalsTests : OciTest
{
    [Fact]
    public void What_was_begun_is_gone_when_it_is_finished()
    {
        FolderRemovals removals = new();
        for (int i = 0; i < 20; i++)
        {
            string folder = Path.Combine(Folder, $"{i}");
            Directory.CreateDirectory(Path.Combine(folder, "a", "b"));
            removals.Begin(folder);
        }

        removals.Finish();
        Assert.Empty(Directory.GetDirectories(Folder));
    }

    [Fact]
    public void What_cannot_be_removed_is_named()
    {
        FolderRemovals removals = new();

        // The file belongs to the kernel, and no process can remove it.
        removals.Begin("/proc/version");
        Assert.Contains("/proc/version", Assert.Throws<IOException>(removals.Finish).Message, System.StringComparison.Ordinal);
    }
}
