using System;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

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
