using HcsPowerShell.Contract;
using Xunit;

namespace HcsPowerShell.Tests.Remoting;

/// <summary>Tests a host behind an endpoint that runs the commands of the reader's role and no script (JEA).</summary>
[Collection(nameof(Machines))]
[WideStage]
public sealed class FleetRoleTests(Machines machines)
{
    internal const string Script = """
        '== role'
        try { Invoke-Command $all.reader { 1 + 1 } -ErrorAction Stop } catch { "no script" }
        (Connect-HcsHost -Session $all.reader -PassThru).Name
        $web = Get-HcsContainer -HcsHost reader; "$($web.HcsHost) $web $($web.State)"
        ($web | Get-HcsStatistics).ContainerId; Test-HcsPendingUpdate web -HcsHost reader
        '== role lacks'
        $web | Stop-HcsContainer -Force @quiet; $failure.Count; $failure | Id; "$failure" -match "'reader'.*Stop-HcsContainer.* role "
        New-HcsContainer made -HcsHost reader @quiet; $failure.Count; $failure | Id
        (Get-HcsContainer -HcsHost reader, host0 | Suspend-HcsContainer -PassThru @quiet).HcsHost.Name; $failure.Count
        Get-HcsContainer -HcsHost host0 | Resume-HcsContainer
        (Get-HcsContainer -HcsHost reader).State

        """;

    [Fact]
    public void A_reader_connects_and_reads() =>
        Assert.Equal(["no script", "reader", "reader web Running", "web", "False"], machines.Lines("role"));

    [Fact]
    public void A_command_that_the_role_lacks_is_one_error_that_says_so() => Assert.Equal(
        ["1", "HcsModuleMissing", "True", "1", "HcsModuleMissing", "host0", "1", "Running"], machines.Lines("role lacks"));
}
