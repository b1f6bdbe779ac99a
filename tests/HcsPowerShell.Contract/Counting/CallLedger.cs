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

    /// <summary>The calls in the order in which they were made: the method, and what it was made on.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    /// <summary>The handles that were opened, open or closed.</summary>
    public IReadOnlyCollection<CountedHandle> Handles => _handles;

    /// <summary>How long a call may take; it fails after that. Null leaves the calls alone.</summary>
    public TimeSpan? CallLimit { get; init; }

    /// <summary>What has not ended: open handles, calls under way and waits for an exit, by name.</summary>
    public IEnumerable<string> Left =>
    [
        .. _handles.Where(h => h.Closes == 0).Select(h => h.ToString()),
        .. _pending.Where(p => !p.Key.IsCompleted).Select(p => p.Value),
    ];

    internal void Call(string method, CountedHandle on) => _calls.Enqueue($"{method} {on.Name}");

    internal CountedHandle Open(string name)
    {
        var handle = new CountedHandle(name);
        _handles.Add(handle);
        return handle;
    }

    internal void Await(Task task, string what)
    {
        if (!task.IsCompleted)
        {
            _pending[task] = what;
        }
    }
}
