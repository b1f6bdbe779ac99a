using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Stress;

/// <summary>Tests that ten thousand life cycles of a container leave nothing behind.</summary>
public abstract class CycleTests(MockLibrary mock) : MockTests(mock)
{
    private const int WarmUp = 500;
    private const int Cycles = 10_000;
    private const int AtOnce = 8;

    // The runtime starts timer, finalizer and socket threads when it first needs them.
    private const int ThreadSlack = 4;

    // Wine counts the slots of its handle table, which grows by this number; a leak would be thirty thousand.
    private const int HandleSlackOnWindows = 256;

    private static readonly TimeSpan s_longestClose = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Ten_thousand_cycles_leave_no_handle_and_no_thread()
    {
        await CyclesAsync(WarmUp);
        (int handles, int threads) = await SettledAsync();
        await CyclesAsync(Cycles);
        int most = handles + (OperatingSystem.IsWindows() ? HandleSlackOnWindows : 0);
        (int Handles, int Threads) after = default;

        // The last pipes close a moment after their exits, and later under load.
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < s_longestClose;)
        {
            after = await SettledAsync();
            if (after.Handles <= most && after.Threads <= threads + ThreadSlack)
            {
                break;
            }
        }

        Assert.InRange(after.Handles, 0, most);
        Assert.InRange(after.Threads, 0, threads + ThreadSlack);
    }

    private Task CyclesAsync(int count) => Parallel.ForEachAsync(
        Enumerable.Range(0, count),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken },
        async (i, token) => await CycleAsync(i, token));

    private async Task CycleAsync(int i, CancellationToken token)
    {
        IContainer container = await CreateAsync(token: token);
        await container.StartAsync(token);
        IProcess process = await container.CreateProcessAsync(WithPipes("echo " + i), token);
        using var reader = new StreamReader((await process.GetStdioAsync(token)).StandardOutput!);
        Assert.Equal(i + "\r\n", await reader.ReadToEndAsync(token).Within());
        ProcessStatus exit = await process.Exited.Within();
        Assert.Equal(0u, exit.ExitCode);
        process.Close();
        await (i % 2 == 0 ? container.TerminateAsync(token) : container.ShutdownAsync(token));
        await container.Exited.Within();
        container.Close();
    }

    private async Task<(int Handles, int Threads)> SettledAsync()
    {
        Mock.WaitIdle(5000);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        await Task.Delay(200, TestContext.Current.CancellationToken);
        using var self = Process.GetCurrentProcess();
        int threads = self.Threads.Count - ThreadPool.ThreadCount;
        return (OperatingSystem.IsWindows() ? self.HandleCount : Pipes(), threads);
    }

    /// <summary>Counts open pipe ends only, because the runtime opens files when it loads an assembly.</summary>
    private static int Pipes() => Directory.GetFiles("/proc/self/fd").Count(
        fd => new FileInfo(fd).LinkTarget?.StartsWith("pipe:", StringComparison.Ordinal) == true);
}

public sealed class ComputeCoreCycleTests() : CycleTests(MockLibrary.ComputeCore);

public sealed class VmComputeCycleTests() : CycleTests(MockLibrary.VmCompute);
