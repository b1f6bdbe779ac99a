using System.Threading;

namespace HcsPowerShell.Contract.Counting;

/// <summary>
/// A service, container or process behind a <see cref="CountingProxy"/>, and the counts of its calls.
/// </summary>
/// <param name="name">The name of the object in a failure.</param>
/// <param name="proxy">The proxy that the user of the object has.</param>
public sealed class CountedHandle(string name, object proxy)
{
    private int _closes;
    private int _subscriptions;

    /// <summary>The name of the object in a failure.</summary>
    public string Name { get; } = name;

    /// <summary>The proxy that the user of the object has.</summary>
    public object Proxy { get; } = proxy;

    /// <summary>The number of times the object was closed.</summary>
    public int Closes => _closes;

    /// <summary>The number of subscriptions to its events that were not given up.</summary>
    public int Subscriptions => _subscriptions;

    public override string ToString() =>
        _subscriptions == 0 ? $"{Name} is open" : $"{Name} is open, with {_subscriptions} subscriptions";

    internal void Close() => Interlocked.Increment(ref _closes);

    internal void Subscribe(int difference) => Interlocked.Add(ref _subscriptions, difference);
}
