using System.IO;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

/// <summary>
/// Tests the life of a scratch, from an unpacked base layer to a container and back, through the commands and over the
/// mocks of the Windows libraries. Wine runs the same script.
/// </summary>
public sealed class NativeLayerTests
{
    private static readonly string[] s_libraries = ["computecore", "vmcompute"];

    [Fact]
    public void A_scratch_is_made_mounted_used_and_deleted() =>
        Assert.Equal(22, MockedEngine.Run("layers.ps1", s_libraries));

    [Fact]
    public void What_does_not_run_on_this_Windows_is_told_before_the_first_call() =>
        Assert.Equal(8, MockedEngine.Run("fit.ps1", s_libraries));

    [Fact]
    public void A_container_gets_a_scratch_of_its_own_and_takes_it_along() =>
        Assert.Equal(16, MockedEngine.Run("own.ps1", s_libraries));

    [Fact]
    public void An_image_of_Docker_becomes_a_container_and_nothing_of_it_is_left() =>
        Assert.Equal(9, MockedEngine.Run("image.ps1", s_libraries));

    [Fact]
    public void What_a_session_leaves_behind_the_next_one_finds_and_removes()
    {
        using var folder = new TemporaryFolder();
        string layers = Path.Combine(folder.Path, "layers");
        Assert.Equal(1, MockedEngine.RunWith(folder.Path, "orphan.ps1", s_libraries, "Part", "leave", "Folder", layers));
        Assert.Equal(5, MockedEngine.RunWith(folder.Path, "orphan.ps1", s_libraries, "Part", "find", "Folder", layers));
        Assert.Empty(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
    }
}
