using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Reflection;

namespace HcsPowerShell.Tests.Engine;

/// <summary>A compute service that records the time limit of each of its calls.</summary>
public class CallTimes : ServiceProxy
{
    private readonly ConcurrentQueue<(string Method, TimeSpan? Time)> _calls = new();

    /// <summary>Returns the time limits of the calls of a method; null if the caller used the default.</summary>
    public TimeSpan?[] Of(string method) => [.. _calls.Where(call => call.Method == method).Select(call => call.Time)];

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        object? options = args?.LastOrDefault();
        if (options?.GetType().GetProperty("Timeout") is { } time)
        {
            _calls.Enqueue((targetMethod!.Name, (TimeSpan?)time.GetValue(options)));
        }

        return base.Invoke(targetMethod, args);
    }
}
