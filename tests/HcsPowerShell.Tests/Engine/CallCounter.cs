using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Reflection;

namespace HcsPowerShell.Tests.Engine;

/// <summary>A compute service that counts what it is asked, and asks another.</summary>
public class CallCounter : DispatchProxy
{
    private readonly ConcurrentDictionary<string, int> _calls = new();
    private object _service = new();

    /// <summary>A second host over the service of a session's host; it holds no handles yet.</summary>
    public static (object Host, CallCounter Calls) HostOf(Session session)
    {
        const BindingFlags Internal = BindingFlags.Instance | BindingFlags.NonPublic;
        object host = session.Single("Get-HcsHost");
        PropertyInfo service = host.GetType().GetProperty("Service", Internal)!;
        object counter = Create(service.PropertyType, typeof(CallCounter));
        ((CallCounter)counter)._service = service.GetValue(host)!;
        object kind = host.GetType().GetProperty("Kind")!.GetValue(host)!;
        object counted = host.GetType().GetConstructors(Internal).Single().Invoke([session.HostName, kind, counter]);
        return (counted, (CallCounter)counter);
    }

    /// <summary>How often a method was called.</summary>
    public int Of(string method) => _calls.TryGetValue(method, out int count) ? count : 0;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        _calls.AddOrUpdate(targetMethod!.Name, 1, (_, count) => count + 1);
        return targetMethod.Invoke(_service, args);
    }
}
