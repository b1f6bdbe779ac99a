using System.Threading;

namespace HcsPowerShell.Contract.Counting;

/// <summary>A service, container or process behind a <see cref="CountingProxy"/>, and what was done with it.</summary>
/// <param name="name">What it is, as a failure names it.</param>
/// <param name="proxy">The proxy that its user has.</param>
public sealed class CountedHandle(string name, object proxy)
{
    private int _closes;
    private int _subscriptions;

    /// <summary>What it is, as a failure names it.</summary>
    public string Name { get; } = name;

    /// <summary>The proxy that its user has.</summary>
    public object Proxy { get; } = proxy;

    /// <summary>How often it was closed.</summary>
    public int Closes => _closes;

    /// <summary>Subscriptions to its events that were not given up.</summary>
    public int Subscriptions => _subscriptions;

    public override string ToString() =>
        _subscriptions == 0 ? $"{Name} is open" : $"{Name} is open, with {_subscriptions} subscriptions";

    internal void Close() => Interlocked.Increment(ref _closes);

    internal void Subscribe(int difference) => Interlocked.Add(ref _subscriptions, difference);
}
