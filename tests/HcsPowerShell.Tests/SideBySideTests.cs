using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>
/// Tests that commands that work on their targets in parallel name them alike, in the pipeline and as a job.
/// </summary>
public sealed class SideBySideTests(Session session) : SessionTests(session)
{
    [Theory]
    [InlineData("Wait-HcsContainer $c -TimeoutSec 0")]
    [InlineData("Stop-HcsContainer $n -Force; Wait-HcsContainer $n, $n")]
    [InlineData("Wait-HcsProcess $p -TimeoutSec 0")]
    public void The_progress_of_a_wait_ends_with_it(string command)
    {
        Session.Get("$c = New-HcsContainer -Start; $n = New-HcsContainer -Start; $p = Start-HcsProcess $c 'sleep 100'");
        ScriptResult result = Session.Run("$ProgressPreference = 'Continue'; " + command);
        Assert.NotEmpty(result.Progress);
        Assert.Equal(ProgressRecordType.Completed, result.Progress[^1].RecordType);
        Assert.Single(result.Progress.Select(p => p.ActivityId).Distinct());
        Session.Get("Stop-HcsContainer $c, $n -Force");
    }

    [Theory]
    [InlineData("Wait-HcsContainer nobody", "nobody", "container 'nobody'")]
    [InlineData("Wait-HcsContainer $c -TimeoutSec 0", "$c.Id", "container '$($c.Id)'")]
    [InlineData("Wait-HcsProcess $c.Id 4000000000", "4000000000", "process 4000000000 of container '$($c.Id)'")]
    [InlineData("Wait-HcsProcess $p -TimeoutSec 0", "$p.ProcessId", "process $($p.ProcessId) of container '$($c.Id)'")]
    [InlineData("Watch-HcsEvent nobody", "nobody", "container 'nobody'")]
    [InlineData("Get-HcsStatistics nobody -Continuous", "nobody", "container 'nobody'")]
    [InlineData("Get-HcsStatistics $n -Continuous", "$n.Id", "container '$($n.Id)'")]
    public void An_error_has_the_same_target_in_the_pipeline_and_as_a_job(string command, string target, string named)
    {
        Session.Get("$c = New-HcsContainer -Start; $n = New-HcsContainer; $p = Start-HcsProcess $c 'sleep 100'");
        object expected = target.StartsWith('$') ? Session.Single(target) : target;
        string name = (string)Session.Single('"' + named + '"');
        ErrorRecord inPipeline = Assert.Single(Session.Run(command).Errors);
        ErrorRecord asJob = Assert.Single(Session.Run($"$j = {command} -AsJob; $null = Wait-Job $j; Receive-Job $j").Errors);
        foreach (ErrorRecord error in new[] { inPipeline, asJob })
        {
            Assert.Equal(expected.ToString(), error.TargetObject.ToString());
            Assert.Contains(name, error.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(inPipeline.TargetObject.GetType(), asJob.TargetObject.GetType());
        Assert.Equal(inPipeline.ToString(), asJob.ToString());
        Assert.Equal(inPipeline.FullyQualifiedErrorId.Split(',')[0], asJob.FullyQualifiedErrorId.Split(',')[0]);
        Session.Get("Remove-Job $j; Stop-HcsContainer $c, $n -Force");
    }
}
