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
    [Theory]
    [InlineData("$c = New-HcsContainer -HcsHost $h; Start-HcsContainer $c; Stop-HcsContainer $c -Force")]
    [InlineData("$c = New-HcsContainer -Start -HcsHost $h; Stop-HcsContainer $c")]
    [InlineData("$c = New-HcsContainer -Start -HcsHost $h; Close-HcsContainer $c")]
    [InlineData("$c = New-HcsContainer -Start -HcsHost $h; $j = Wait-HcsContainer $c -AsJob; Stop-HcsContainer $c -Force; $null = Receive-Job $j -Wait -AutoRemoveJob")]
    [InlineData("$c = New-HcsContainer -Start -HcsHost $h; $null = Invoke-HcsProcess $c 'echo x'; Stop-HcsContainer $c -Force")]
    [InlineData("$c = New-HcsContainer -Start -HcsHost $h; $p = Start-HcsProcess $c 'sleep 1000'; Stop-HcsProcess $p; $null = Wait-HcsProcess $p; Stop-HcsContainer $c -Force")]
    [InlineData("$c = New-HcsContainer -Start -HcsHost $h; $p = Start-HcsProcess $c 'sleep 1000' -CreateStdOutPipe; Close-HcsProcess $p; Stop-HcsContainer $c -Force")]
    [InlineData("$c = New-HcsContainer -Start -HcsHost $h; $null = Get-HcsContainer -HcsHost $h | Get-HcsStatistics; $null = $c | Get-HcsProcess; Stop-HcsContainer $c -Force")]
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
