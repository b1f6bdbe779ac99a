using System;
using System.Linq;
using System.Reflection;

namespace HcsPowerShell.Tests.Engine;

/// <summary>A compute service in front of that of a session's host.</summary>
public abstract class ServiceProxy : DispatchProxy
{
    private object _service = new();

    /// <summary>A second host over the same containers; it holds no handles yet.</summary>
    /// <param name="session">The session.</param>
    /// <param name="kind">The kind it says it is, where that is another.</param>
    public static (object Host, T Service) HostOf<T>(Session session, string? kind = null)
        where T : ServiceProxy
    {
        const BindingFlags Internal = BindingFlags.Instance | BindingFlags.NonPublic;
        object host = session.Single("Get-HcsHost");
        PropertyInfo service = host.GetType().GetProperty("Service", Internal)!;
        var proxy = (T)Create(service.PropertyType, typeof(T));
        proxy._service = service.GetValue(host)!;
        object own = host.GetType().GetProperty("Kind")!.GetValue(host)!;
        object told = kind is null ? own : Enum.Parse(own.GetType(), kind);
        return (host.GetType().GetConstructors(Internal).Single().Invoke([session.HostName, told, proxy]), proxy);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Invoke(_service, args);
}
