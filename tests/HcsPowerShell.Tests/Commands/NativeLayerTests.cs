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

    [Fact]
    public void What_does_not_run_on_this_Windows_is_told_before_the_first_call() =>
        Assert.Equal(8, MockedEngine.Run("fit.ps1", ["computecore", "vmcompute"]));
}
