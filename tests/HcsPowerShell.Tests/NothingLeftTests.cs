using HcsPowerShell.Contract.Counting;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>Tests that no handle, call or wait is left when the target of a command has ended or was closed.</summary>
public sealed class NothingLeftTests(Session session) : SessionTests(session)
{
    /// <summary>Tests that a command that is stopped half-way, or drops a target, leaves nothing open.</summary>
    [Theory]
    [InlineData("Show-HcsStatistics $c.Id -SampleCount 3 -HcsHost $h")]
    [InlineData("& { $c.Id; throw 'no more input' } | Watch-HcsEvent -HcsHost $h")]
    [InlineData("Watch-HcsEvent $c.Id -TimeoutSec 0 -HcsHost $h")]
    [InlineData("Get-HcsStatistics $c.Id -Continuous -SampleCount 2 -IntervalSec 0.05 -HcsHost $h")]
    [InlineData("Start-HcsContainer $c.Id -HcsHost $h; Get-HcsStatistics $c.Id -Continuous -IntervalSec 0.05 -HcsHost $h | Select-Object -First 2")]
    public void Of_a_container_that_goes_on(string script)
    {
        CountedHost counted = Session.Beside();
        Session.Run(script, ("h", counted.Host), ("c", (object)Session.NewContainer()));
        Assert.NotEmpty(counted.Ledger.Handles);
        counted.RequireNothing();
    }

    [Fact]
    public void No_event_is_subscribed_to_on_a_kept_handle_when_a_watch_has_ended()
    {
        CountedHost counted = Session.Beside();
        Session.Get("$c = New-HcsContainer -Start -HcsHost $h; Watch-HcsEvent $c -TimeoutSec 0", ("h", counted.Host));
        CountedHandle kept = Assert.Single(counted.Ledger.Handles);
        Assert.Equal((0, 0), (kept.Closes, kept.Subscriptions));
        Session.Get("Close-HcsContainer $c -PassThru");
        Assert.NotEqual(0, kept.Closes);
    }

    [Theory]
    [InlineData("$c = New-HcsContainer -HcsHost $h; Start-HcsContainer $c; Stop-HcsContainer $c -Force")]
    [InlineData("$c = New-HcsContainer -Start -HcsHost $h; Stop-HcsContainer $c")]
    [InlineData("$c = New-HcsContainer -Start -HcsHost $h; Close-HcsContainer $c")]
    [InlineData("$c = New-HcsContainer -Start -HcsHost $h; $j = Wait-HcsContainer $c -AsJob; Stop-HcsContainer $c -Force; $null = $j | Wait-Job | Receive-Job -Wait -AutoRemoveJob")]
    [InlineData("$c = New-HcsContainer -Start -HcsHost $h; $null = Invoke-HcsProcess $c 'echo x'; Stop-HcsContainer $c -Force")]
    [InlineData("$c = New-HcsContainer -Start -HcsHost $h; $p = Start-HcsProcess $c 'sleep 1000'; Stop-HcsProcess $p; $null = Wait-HcsProcess $p; Stop-HcsContainer $c -Force")]
    [InlineData("$c = New-HcsContainer -Start -HcsHost $h; $p = Start-HcsProcess $c 'sleep 1000' -CreateStdOutPipe; Close-HcsProcess $p; Stop-HcsContainer $c -Force")]
    [InlineData("$c = New-HcsContainer -Start -HcsHost $h; $null = Get-HcsContainer $c.Id -HcsHost $h | Get-HcsStatistics; $null = $c | Get-HcsProcess; Stop-HcsContainer $c -Force")]
    [InlineData("$c = New-HcsContainer -Start; Suspend-HcsContainer $c.Id -HcsHost $h; Resume-HcsContainer $c.Id -HcsHost $h; Stop-HcsContainer $c -Force")]
    public void After(string script)
    {
        CountedHost counted = Session.Beside();
        Session.Get(script, ("h", counted.Host));
        Assert.NotEmpty(counted.Ledger.Handles);
        counted.RequireNothing();
    }
}
