using System.Collections.Concurrent;
using System.Reflection;

namespace HcsPowerShell.Tests.Engine;

/// <summary>A compute service that counts its calls.</summary>
public class CallCounter : ServiceProxy
{
    private readonly ConcurrentDictionary<string, int> _calls = new();

    /// <summary>Returns the number of calls of a method.</summary>
    public int Of(string method) => _calls.TryGetValue(method, out int count) ? count : 0;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        _calls.AddOrUpdate(targetMethod!.Name, 1, (_, count) => count + 1);
        return base.Invoke(targetMethod, args);
    }
}
