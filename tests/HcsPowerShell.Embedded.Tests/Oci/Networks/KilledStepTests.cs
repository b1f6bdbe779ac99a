using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci.Networks;

/// <summary>Kills a host before and after each run of ip and nft, and looks at the machine from another process.</summary>
public sealed class KilledStepTests : NetworkTest
{
    private const int AtOnce = 4;

    [Fact]
    public async Task A_host_that_is_killed_between_two_steps_leaves_nothing()
    {
        (int runs, _) = await new KilledStep(0, IsAfter: false, IsGuarded: true).TakeAsync();
        Assert.InRange(runs, 10, 30);
        using SemaphoreSlim places = new(AtOnce);
        bool[] left = await Task.WhenAll(Enumerable.Range(1, runs).SelectMany(run => new[]
        {
            TakeAsync(new KilledStep(run, IsAfter: false, IsGuarded: run % 2 == 0)),
            TakeAsync(new KilledStep(run, IsAfter: true, IsGuarded: run % 2 != 0)),
        }));

        // Otherwise nobody had anything to remove, and the test proves nothing.
        Assert.True(left.Count(isLeft => isLeft) > runs);

        async Task<bool> TakeAsync(KilledStep step)
        {
            await places.WaitAsync(Token);
            try
            {
                return (await step.TakeAsync()).IsAnythingLeft;
            }
            finally
            {
                places.Release();
            }
        }
    }
}
