using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Lifecycle;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>
/// Tests that events keep their order on a machine too busy to read the events that the callbacks queued. The adapter
/// also asks for exits, and may know an exit before it reads the earlier events.
/// </summary>
public sealed class EventOrderTests
{
    [Fact]
    public async Task An_exit_that_was_asked_for_comes_behind_what_the_callbacks_found_before()
    {
        using var busy = new ManualResetEventSlim();
        var state = new SystemSignals("busy");
        var process = new ProcessSignals(state, 7);
        var received = new ConcurrentQueue<ComputeSystemEventType>();
        state.EventReceived += e => received.Enqueue(e.Type);
        state.Post(() => busy.Wait(Waits.Limit));
        state.ReportInOrder(ComputeSystemEventType.SystemStarted);
        state.ReportInOrder(ComputeSystemEventType.ProcessStarted, processId: 7);
        process.Exit(new ProcessStatus { ProcessId = 7, Exited = true }, null);
        Assert.True(process.HasExited);
        state.Exit(new SystemExitStatus(), null);
        Assert.True(state.HasExited);

        // A caller that has seen the exit may close the handle before the event of the exit is reported.
        state.Close();
        Assert.Empty(received);
        busy.Set();
        await Waits.Until(() => received.Count == 4);
        Assert.Equal(
            [
                ComputeSystemEventType.SystemStarted, ComputeSystemEventType.ProcessStarted,
                ComputeSystemEventType.ProcessExited, ComputeSystemEventType.SystemExited,
            ],
            received.ToArray());
    }
}
