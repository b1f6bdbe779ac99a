using System;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Contract;
using HcsPowerShell.Contract.Counting;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>When what a command worked on has ended or was closed, no handle, call or wait of it is left.</summary>
public sealed class NothingLeftTests(Session session) : SessionTests(session)
{
    /// <summary>A command that is given up half-way, or gives up a target, leaves nothing of its own.</summary>
    [Theory]
    [InlineData("Show-HcsStatistics $c.Id -SampleCount 3 -HcsHost $h")]
    [InlineData("& { $c.Id; throw 'no more input' } | Watch-HcsEvent -HcsHost $h")]
    [InlineData("Watch-HcsEvent $c.Id -TimeoutSec 0 -HcsHost $h")]
    [InlineData("Get-HcsStatistics $c.Id -Continuous -SampleCount 2 -IntervalSec 0.05 -HcsHost $h")]
    [InlineData("Start-HcsContainer $c.Id -HcsHost $h; Get-HcsStatistics $c.Id -Continuous -IntervalSec 0.05 -HcsHost $h | Select-Object -First 2")]
    public async Task Of_a_container_that_goes_on(string script)
    {
        (object host, CallLedger ledger) = CountedHost.Of(Session);
        Session.Run(script, ("h", host), ("c", (object)Session.NewContainer()));
        Assert.NotEmpty(ledger.Handles);
        await Waits.Until(() => !ledger.Left.Any(), TimeSpan.FromSeconds(20), string.Join("; ", ledger.Left));
        Assert.All(ledger.Handles, handle => Assert.Equal(0, handle.Subscriptions));
    }

    [Fact]
    public void No_event_is_subscribed_to_on_a_kept_handle_when_a_watch_has_ended()
    {
        (object host, CallLedger ledger) = CountedHost.Of(Session);
        Session.Get("$c = New-HcsContainer -Start -HcsHost $h; Watch-HcsEvent $c -TimeoutSec 0", ("h", host));
        CountedHandle kept = Assert.Single(ledger.Handles);
        Assert.Equal((0, 0), (kept.Closes, kept.Subscriptions));
        Session.Get("Close-HcsContainer $c -PassThru");
        Assert.NotEqual(0, kept.Closes);
    }

    [Theory]
    [InlineData("$c = New-HcsContainer -HcsHost $h; Start-HcsContainer $c; Stop-HcsContainer $c -Force")]
    [InlineData("$c = New-HcsContainer -Start -HcsHost $h; Stop-HcsContainer $c")]
    [InlineData("$c = New-HcsContainer -Start -HcsHost $h; Close-HcsContainer $c")]
    [InlineData("$c = New-HcsContainer -Start -HcsHost $h; $j = Wait-HcsContainer $c -AsJob; Stop-HcsContainer $c -Force; $null = Receive-Job $j -Wait -AutoRemoveJob")]
    [InlineData("$c = New-HcsContainer -Start -HcsHost $h; $null = Invoke-HcsProcess $c 'echo x'; Stop-HcsContainer $c -Force")]
    [InlineData("$c = New-HcsContainer -Start -HcsHost $h; $p = Start-HcsProcess $c 'sleep 1000'; Stop-HcsProcess $p; $null = Wait-HcsProcess $p; Stop-HcsContainer $c -Force")]
    [InlineData("$c = New-HcsContainer -Start -HcsHost $h; $p = Start-HcsProcess $c 'sleep 1000' -CreateStdOutPipe; Close-HcsProcess $p; Stop-HcsContainer $c -Force")]
    [InlineData("$c = New-HcsContainer -Start -HcsHost $h; $null = Get-HcsContainer $c.Id -HcsHost $h | Get-HcsStatistics; $null = $c | Get-HcsProcess; Stop-HcsContainer $c -Force")]
    [InlineData("$c = New-HcsContainer -Start; Suspend-HcsContainer $c.Id -HcsHost $h; Resume-HcsContainer $c.Id -HcsHost $h; Stop-HcsContainer $c -Force")]
    public async Task After(string script)
    {
        (object host, CallLedger ledger) = CountedHost.Of(Session);
        Session.Get(script, ("h", host));
        Assert.NotEmpty(ledger.Handles);
        await Waits.Until(() => !ledger.Left.Any(), TimeSpan.FromSeconds(20), string.Join("; ", ledger.Left));
        Assert.All(ledger.Handles, handle => Assert.Equal(0, handle.Subscriptions));
    }
}
