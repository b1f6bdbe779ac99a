using System;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace HcsPowerShell.Contract;

/// <summary>Waits for the tests: every wait has a limit, and its failure names what the test waited for.</summary>
public static class Waits
{
    /// <summary>
    /// The time limit of a step of a test. The environment variable HCSPOWERSHELL_TEST_LIMIT, in seconds, shortens it
    /// for tests that are expected to fail.
    /// </summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(
        int.TryParse(Environment.GetEnvironmentVariable("HCSPOWERSHELL_TEST_LIMIT"), out int seconds) ? seconds : 60);

    /// <summary>The time limit of a process that takes many steps of a test, each with a limit of its own.</summary>
    public static TimeSpan LimitOfProcess { get; } = 10 * Limit;

    /// <summary>
    /// The time after which something that ends at once has ended on the busiest machine. A test holds up the things
    /// that must not be waited for much longer.
    /// </summary>
    public static TimeSpan Prompt { get; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Requires that a step takes at least one time, and in one of three tries no more than another: a busy machine is
    /// late now and then, wrong code is late each time.
    /// </summary>
    /// <param name="step">Takes the step, from its preparation to its end, and returns the part that is measured.</param>
    public static async Task RequireTime(TimeSpan atLeast, TimeSpan atMost, Func<Task<TimeSpan>> step)
    {
        TimeSpan time = await step();
        for (int left = 2; left > 0 && time > atMost; left--)
        {
            time = await step();
        }

        Assert.InRange(time, atLeast, atMost);
    }

    /// <inheritdoc cref="RequireTime(TimeSpan, TimeSpan, Func{Task{TimeSpan}})"/>
    public static void RequireTime(double secondsAtLeast, double secondsAtMost, Func<TimeSpan> step) => RequireTime(
        TimeSpan.FromSeconds(secondsAtLeast), TimeSpan.FromSeconds(secondsAtMost), () => Task.FromResult(step())).GetAwaiter().GetResult();

    /// <summary>Awaits a task, and fails when the limit has passed.</summary>
    /// <param name="task">The task to wait for.</param>
    /// <param name="limit">The limit, if it is not <see cref="Limit"/>.</param>
    /// <param name="what">The text of the failure; by default the text of the expression.</param>
    public static async Task<T> Within<T>(
        this Task<T> task, TimeSpan? limit = null, [CallerArgumentExpression(nameof(task))] string what = "")
    {
        await ((Task)task).Within(limit, what);
        return await task;
    }

    /// <inheritdoc cref="Within{T}"/>
    public static async Task Within(
        this Task task, TimeSpan? limit = null, [CallerArgumentExpression(nameof(task))] string what = "")
    {
        if (!task.IsCompleted)
        {
            await EndAsync(task, limit ?? Limit, what);
        }

        await task;
    }

    /// <summary>Waits until a condition holds, and fails when the limit has passed.</summary>
    public static Task Until(
        Func<bool> condition, TimeSpan? limit = null, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        Until(() => Task.FromResult(condition()), limit, what);

    /// <inheritdoc cref="Until(Func{bool}, TimeSpan?, string)"/>
    public static async Task Until(
        Func<Task<bool>> condition, TimeSpan? limit = null, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        long end = Environment.TickCount64 + (long)(limit ?? Limit).TotalMilliseconds;
        while (!await condition().Within(limit, what))
        {
            if (Environment.TickCount64 > end)
            {
                throw new TimeoutException($"Not within {limit ?? Limit}: {what}");
            }

            await Task.Delay(10);
        }
    }

    private static async Task EndAsync(Task task, TimeSpan limit, string what)
    {
        using var over = new CancellationTokenSource();
        if (await Task.WhenAny(task, Task.Delay(limit, over.Token)) != task)
        {
            throw new TimeoutException($"Not within {limit}: {what}");
        }

        over.Cancel();
    }
}
