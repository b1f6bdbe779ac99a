using System.Collections.Generic;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Faults;

/// <summary>
/// Tests Invoke-HcsProcess on a service that fails while the process runs: the output until then is not lost.
/// </summary>
public sealed class FailedRunTests(Session session) : FaultySession(session)
{
    [Theory]
    [InlineData("LostNotification = $true", 5, "HcsOperationTimeout", ErrorCategory.OperationTimeout)]
    [InlineData("HResult = 0x80370105", 100, "HcsInvalidState", ErrorCategory.InvalidOperation)]
    [InlineData("ServiceDisconnect = $true", 100, "HcsServiceDisconnect", ErrorCategory.ConnectionError)]
    public void The_result_so_far_comes_before_the_error_and_with_it(string fault, int limit, string id, ErrorCategory category)
    {
        object container = Session.NewRunning();
        Plan($"Operation = 'ProcessWait'; {fault}");
        ScriptResult result = Session.Run(
            "Invoke-HcsProcess $c -CommandArg sh, -c, 'echo one; sleep 0.2' -PassThru -TimeoutSec $limit", ("c", container), ("limit", limit));
        ErrorRecord error = result.RequireError(id, category);
        object collected = Assert.Single(result.Output).BaseObject;
        Assert.Same(collected, error.TargetObject);
        Assert.Equal(["one"], (IReadOnlyList<string>)((dynamic)collected).StandardOutput);
        Assert.Equal(id == "HcsOperationTimeout", (bool)((dynamic)collected).HasTimedOut);
    }
}
