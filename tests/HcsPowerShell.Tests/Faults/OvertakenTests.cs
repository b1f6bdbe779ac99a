using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Faults;

/// <summary>
/// Tests calls that end a container or process whose exit is reported before the call ends, through the commands and
/// over the mocks of both Windows libraries. Wine runs the same script.
/// </summary>
public sealed class OvertakenTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public void An_end_that_the_exit_overtakes_succeeds(string schema) =>
        Assert.Equal(4, MockedEngine.Run("overtaken.ps1", ["computecore", "vmcompute"], "-Schema", schema));
}
