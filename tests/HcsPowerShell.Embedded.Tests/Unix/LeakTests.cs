using System;
using System.IO;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Unix;

[Collection(nameof(LeakTests))]
[CollectionDefinition(nameof(LeakTests), DisableParallelization = true)]
public sealed class LeakTests : UnixTest
{
    [Fact]
    public async Task Four_hundred_processes_leave_no_descriptor_and_no_thread()
    {
        await Cycle(10);
        int descriptors = Descriptors();

        // A garbage collection would close forgotten handles.
        Assert.True(GC.TryStartNoGCRegion(100_000_000));
        await Cycle(200);
        await Eventually(() => Descriptors() <= descriptors + 3, "the descriptors are closed");
        GC.EndNoGCRegion();
        Assert.Equal(1, Threads("HCS embedded ho"));
        Assert.Equal(0, Threads("HCS embedded wa"));
    }

    private async Task Cycle(int count)
    {
        for (int i = 0; i < count; i++)
        {
            using ISandboxProcess process = Sandbox.Start(
                Shell("exit 0") with { StandardInput = true, StandardOutput = true, StandardError = true });
            await ReadToEnd(process.StandardOutput);
            await ExitOf(process);
            process.StandardInput!.Dispose();
            process.StandardOutput!.Dispose();
            process.StandardError!.Dispose();
            using ISandboxProcess console = Sandbox.Start(
                Shell("exit 0") with { Console = new ConsolePlan(80, 24), StandardOutput = i % 2 == 0 });
            await ExitOf(console);
            console.StandardOutput?.Dispose();
        }
    }

    private static int Descriptors() => Directory.GetFiles("/proc/self/fd").Length;

    private static int Threads(string name)
    {
        int count = 0;
        foreach (string thread in Directory.GetDirectories("/proc/self/task"))
        {
            count += File.ReadAllText(Path.Combine(thread, "comm")).TrimEnd() == name ? 1 : 0;
        }

        return count;
    }
}
