using System;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Faults;

/// <summary>
/// Tests that a container whose shutdown is refused is terminated, unless the service would refuse that as well.
/// </summary>
public sealed class ShutdownRefusalTests(Session session) : FaultySession(session)
{
    [Theory]
    [InlineData("0x80070032")]
    [InlineData("0x80004001")]
    [InlineData("0x80370105")]
    [InlineData("0xC0370105")]
    [InlineData("0x8037010A")]
    [InlineData("0xC037010A")]
    [InlineData("0x8037010B")]
    [InlineData("0x8037011C")]
    [InlineData("0x80370120")]
    public void It_is_terminated_at_once_where_it_cannot_shut_down(string code)
    {
        object container = Session.NewRunning();
        Plan($"Operation = 'Shutdown'; HResult = '{code}'");
        ScriptResult result = Session.Run("(Stop-HcsContainer $c -PassThru -Verbose).ExitStatus.ExitType", ("c", container));
        Assert.Equal("ForcedExit", Assert.Single(result.RequireNoErrors().Output).BaseObject);
        Assert.Contains(result.Verbose, line => line.Contains("cannot shut down", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Verbose, line => line.Contains("has not shut down", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0x80370109")]
    [InlineData("0xC0370109")]
    [InlineData("0x80004005")]
    [InlineData("0x8037010D")]
    [InlineData("0x8000FFFF")]
    [InlineData("0x80070057")]
    public void It_is_terminated_when_its_time_has_passed_after_any_other_refusal(string code)
    {
        object container = Session.NewRunning();
        Plan($"Operation = 'Shutdown'; HResult = '{code}'");
        ScriptResult result = Session.Run(
            "(Stop-HcsContainer $c -TimeoutSec 1 -PassThru -Verbose).ExitStatus.ExitType", ("c", container));
        Assert.Equal("ForcedExit", Assert.Single(result.RequireNoErrors().Output).BaseObject);
        Assert.Contains(result.Verbose, line => line.Contains("has not shut down in 1 seconds", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0x80070005", "HcsAccessDenied", ErrorCategory.PermissionDenied)]
    [InlineData("0x8037011B", "HcsAccessDenied", ErrorCategory.PermissionDenied)]
    [InlineData("0x800706D9", "HcsNotElevated", ErrorCategory.PermissionDenied)]
    [InlineData("0x800706BA", "HcsServiceUnreachable", ErrorCategory.ConnectionError)]
    [InlineData("0x8037011E", "HcsServiceDisconnect", ErrorCategory.ConnectionError)]
    public void Denied_access_and_a_lost_service_are_errors(string code, string id, ErrorCategory category)
    {
        object container = Session.NewRunning();
        Plan($"Operation = 'Shutdown'; HResult = '{code}'");
        Session.Run("Stop-HcsContainer $c", ("c", container)).RequireError(id, category);
        Plan();
        Assert.Equal("Running", Session.Single("(Get-HcsContainer $c.Id).State"));
    }
}
