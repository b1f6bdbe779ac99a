using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace HcsPowerShell.Contract.Counting;

/// <summary>
/// Counts what was opened, begun and subscribed to through a <see cref="CountingProxy"/>, in the order in which it
/// happened.
/// </summary>
public sealed class CallLedger
{
    private readonly ConcurrentQueue<string> _calls = new();
    private readonly ConcurrentBag<CountedHandle> _handles = [];
    private readonly ConcurrentDictionary<Task, string> _pending = new();
    private readonly ConcurrentDictionary<Task, CountedHandle> _exits = new();

    /// <summary>The calls in the order in which they were made: the method, and what it was made on.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    /// <summary>The handles that were opened, open or closed.</summary>
    public IReadOnlyCollection<CountedHandle> Handles => _handles;

    /// <summary>How long a call may take; it fails after that. Null leaves the calls alone.</summary>
    public TimeSpan? CallLimit { get; init; }

    /// <summary>Gives the last argument of a call, its options, for the one it was made with; null leaves it.</summary>
    public Func<object?, object?>? Options { get; init; }

    /// <summary>What has not ended: open handles, calls under way and waits for an exit, by name.</summary>
    public IEnumerable<string> Left => LeftBeside([]);

    /// <summary>Subscriptions to events that were not given up, of open and of closed handles, by name.</summary>
    public IEnumerable<string> Subscribed =>
        [.. _handles.Where(h => h.Subscriptions != 0).Select(h => $"{h.Name} has {h.Subscriptions} subscriptions")];

    /// <summary>Everything that has not ended, but for handles that are kept and the waits for their exit.</summary>
    /// <param name="kept">The handles, as the proxy gave them.</param>
    public IEnumerable<string> LeftBeside(IReadOnlyCollection<object> kept) =>
    [
        .. _handles.Where(h => h.Closes == 0 && !kept.Contains(h.Proxy)).Select(h => h.ToString()),
        .. _pending.Where(p => !p.Key.IsCompleted).Select(p => p.Value),
        .. _exits.Where(e => !e.Key.IsCompleted && !kept.Contains(e.Value.Proxy))
            .Select(e => $"a wait for the exit of {e.Value.Name} is pending"),
    ];

    internal void Call(string method, CountedHandle on) => _calls.Enqueue($"{method} {on.Name}");

    internal void Open(CountedHandle handle) => _handles.Add(handle);

    internal void Await(Task task, string what)
    {
        if (!task.IsCompleted)
        {
            _pending[task] = what;
        }
    }

    internal void AwaitExit(Task task, CountedHandle of)
    {
        if (!task.IsCompleted)
        {
            _exits[task] = of;
        }
    }
}
