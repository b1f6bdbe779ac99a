using System.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>Tests that the text of a process on standard error is data; its exit code says whether it failed.</summary>
public sealed class StandardErrorJobTests(Session session) : SessionTests(session)
{
    [Fact]
    public void A_job_whose_process_wrote_to_standard_error_and_exited_with_0_is_completed()
    {
        ScriptResult result = Session.Run(
            """
            $c = New-HcsContainer -Start
            $j = Invoke-HcsProcess $c -CommandArg sh, -c, 'echo out; echo complaint >&2' -AsJob
            $null = Wait-Job $j
            "$($j.State)"
            Receive-Job $j
            Stop-HcsContainer $c -Force
            """);
        Assert.Equal(["Completed", "out"], result.Output.Select(o => o.ToString()));
        Assert.Contains("complaint", Assert.Single(result.Errors).ToString(), System.StringComparison.Ordinal);
    }
}
