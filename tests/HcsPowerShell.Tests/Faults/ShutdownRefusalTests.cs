using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Faults;

/// <summary>A container that cannot shut down is ended.</summary>
public sealed class ShutdownRefusalTests(Session session) : FaultySession(session)
{
    [Theory]
    [InlineData("0x80070032")]
    [InlineData("0x80370105")]
    [InlineData("0xC0370105")]
    public void It_is_terminated_where_shutting_down_is_refused(string code)
    {
        object container = Session.NewRunning();
        Plan($"Operation = 'Shutdown'; HResult = '{code}'");
        Assert.Equal("ForcedExit", Session.Single("(Stop-HcsContainer $c -PassThru).ExitStatus.ExitType", ("c", container)));
    }
}
