using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Lifecycle;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>
/// Tests that pending calls fail because the service has gone, even if a caller closes the handles as soon as it sees
/// the exit.
/// </summary>
public sealed class DisconnectReasonTests
{
    [Fact]
    public async Task A_close_in_the_middle_of_a_disconnect_does_not_change_its_reason()
    {
        for (int i = 0; i < 5000; i++)
        {
            var system = new SystemSignals("web");
            var process = new ProcessSignals(system, 7);
            system.Attach(process);
            using var ready = new ManualResetEventSlim();
            var closing = Task.Run(
                () => CloseAtTheExit(system, process, ready), TestContext.Current.CancellationToken);
            ready.Wait(Waits.Limit, TestContext.Current.CancellationToken);
            system.Disconnect();
            await closing.Within();
            Assert.Equal(HResult.ServiceDisconnect, await system.Lifetime.Over.Within());
            Assert.Equal(HResult.ServiceDisconnect, await process.Lifetime.Over.Within());
        }
    }

    // Closes without a wait between the exit and the close.
    private static void CloseAtTheExit(SystemSignals system, ProcessSignals process, ManualResetEventSlim ready)
    {
        ready.Set();
        Assert.True(SpinWait.SpinUntil(() => system.Exited.IsFaulted, Waits.Limit));
        process.Close();
        system.Close();
    }
}
