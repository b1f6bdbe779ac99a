using System;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Contract;

/// <summary>Tests that repeated operations on a held container cost no memory.</summary>
public abstract partial class ComputeServiceContract
{
    private const int Repetitions = 3000;

    // On a busy machine, the queries for an exit that a close leaves to the thread pool may still run when it is measured.
    private const int Attempts = 8;

    // Less than the smallest object. Memory that the runtime itself keeps is spread over all repetitions.
    private const double BytesEach = 24;

    public static TheoryData<string> Repeated => ["Properties", "Open", "Watch", "Refusal"];

    [Theory]
    [MemberData(nameof(Repeated))]
    public async Task A_container_that_is_held_costs_no_memory_for_each(string operation)
    {
        string id = NewId();
        IContainer held = await Adapter.CreateContainerAsync(id, Document("contract"), Version, Limit);
        try
        {
            await RepeatAsync(held, operation, Repetitions / 10);
            double least = double.MaxValue;
            for (int attempt = 0; attempt < Attempts && least > BytesEach; attempt++)
            {
                long before = await SettledMemoryAsync();
                await RepeatAsync(held, operation, Repetitions);
                least = Math.Min(least, (await SettledMemoryAsync() - before) / (double)Repetitions);
            }

            Assert.InRange(least, double.MinValue, BytesEach);
        }
        finally
        {
            await held.TerminateAsync(Limit);
            await held.Exited.Within();
            held.Close();
        }
    }

    // Waits for work that a call leaves to the thread pool, such as the query for an exit.
    private async Task<long> SettledMemoryAsync()
    {
        const long Noise = 4096;
        long last = long.MaxValue;
        long now = GC.GetTotalMemory(forceFullCollection: true);
        while (last - now > Noise)
        {
            await Task.Delay(200, Limit);
            last = now;
            now = GC.GetTotalMemory(forceFullCollection: true);
        }

        return now;
    }

    private async Task RepeatAsync(IContainer held, string operation, int count)
    {
        static void Watch(ComputeSystemEvent received)
        {
        }

        for (int i = 0; i < count; i++)
        {
            switch (operation)
            {
                case "Properties":
                    await held.GetPropertiesAsync(new PropertyQuery(), Limit);
                    break;
                case "Open":
                    IContainer opened = await Adapter.OpenContainerAsync(held.Id, Limit);
                    _ = opened.Exited;
                    opened.Close();
                    break;
                case "Watch":
                    held.EventReceived += Watch;
                    held.EventReceived -= Watch;
                    break;
                default:
                    await Assert.ThrowsAsync<HcsException>(() => held.ResumeAsync(Limit));
                    break;
            }
        }
    }
}
