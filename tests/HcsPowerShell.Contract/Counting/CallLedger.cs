using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace HcsPowerShell.Contract.Counting;

/// <summary>
/// Records the handles, calls and subscriptions that are made through a <see cref="CountingProxy"/>, in their order.
/// </summary>
public sealed class CallLedger
{
    private readonly ConcurrentQueue<string> _calls = new();
    private readonly ConcurrentBag<CountedHandle> _handles = [];
    private readonly ConcurrentDictionary<Task, string> _pending = new();
    private readonly ConcurrentDictionary<Task, CountedHandle> _exits = new();

    /// <summary>The calls in their order: the method and its target.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    /// <summary>The handles that were opened, whether they are still open or not.</summary>
    public IReadOnlyCollection<CountedHandle> Handles => _handles;

    /// <summary>The time limit of a call, which fails after that. Null sets no limit.</summary>
    public TimeSpan? CallLimit { get; init; }

    /// <summary>Replaces the last argument of a call, its options. Null leaves the argument unchanged.</summary>
    public Func<object?, object?>? Options { get; init; }

    /// <summary>
    /// Makes a call without a result later or watches it: gets the method and the call, which has not begun. Null makes
    /// every call at once.
    /// </summary>
    public Func<string, Func<Task>, Task>? Through { get; set; }

    /// <summary>
    /// The names of everything that has not ended: open handles, pending calls and waits for an exit.
    /// </summary>
    public IEnumerable<string> Left => LeftBeside([]);

    /// <summary>The names of open and closed handles with subscriptions to events that were not given up.</summary>
    public IEnumerable<string> Subscribed =>
        [.. _handles.Where(h => h.Subscriptions != 0).Select(h => $"{h.Name} has {h.Subscriptions} subscriptions")];

    /// <summary>Returns everything that has not ended, except kept handles and the waits for their exit.</summary>
    /// <param name="kept">The kept handles, as the proxy returned them.</param>
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
