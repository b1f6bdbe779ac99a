using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

/// <summary>
/// Tests what only virtual machines have, through the commands and over the mocks of the Windows libraries. Wine runs the
/// same script.
/// </summary>
public sealed class NativeMachineTests
{
    private const int Checks = 29;

    [Fact]
    public void A_machine_is_saved_and_crashed_and_gets_rights_on_its_files() =>
        Assert.Equal(Checks, MockedEngine.Run("machine.ps1", ["computecore", "vmcompute"]));
}
