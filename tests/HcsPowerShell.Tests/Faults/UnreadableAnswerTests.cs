using System;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Faults;

/// <summary>
/// Tests that an unreadable answer of the service is reported as such, and never as a mistake of the caller.
/// </summary>
public sealed class UnreadableAnswerTests(Session session) : FaultySession(session)
{
    [Theory]
    [InlineData("Statistics", "Get-HcsStatistics $c", "{ no", "$: the text is not valid JSON")]
    [InlineData("ProcessList", "Get-HcsProcess $c", "{\"ProcessList\":[{\"ProcessId\":-1}]}", "$.ProcessList[0].ProcessId")]
    [InlineData("Enumerate", "Get-HcsContainer", "", "$: it is empty")]
    [InlineData("Enumerate", "Get-HcsContainer", "[{\"Id\":7}]", "$[0].Id")]
    [InlineData("HasPendingUpdates", "Test-HcsPendingUpdate $c", "[]", "$")]
    public void The_error_names_the_answer_and_its_place(string operation, string command, string answer, string place)
    {
        object container = Session.NewRunning();
        Plan($"Operation = '{operation}'; Answer = '{answer}'");
        ErrorRecord error = Session.Run(command, ("c", container)).RequireError("HcsInvalidData", ErrorCategory.InvalidData);
        Assert.Contains($"the answer of the service cannot be read: {place}", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("nothing was changed", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }
}
