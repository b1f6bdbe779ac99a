using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

/// <summary>
/// Tests the life of a scratch, from an unpacked base layer to a container and back, through the commands and over the
/// mocks of the Windows libraries. Wine runs the same script.
/// </summary>
public sealed class NativeLayerTests
{
    [Fact]
    public void A_scratch_is_made_mounted_used_and_deleted() =>
        Assert.Equal(20, MockedEngine.Run("layers.ps1", ["computecore", "vmcompute"]));
}
