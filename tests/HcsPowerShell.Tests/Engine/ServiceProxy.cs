using System;
using System.Linq;
using System.Reflection;

namespace HcsPowerShell.Tests.Engine;

/// <summary>A compute service in front of the service of a session's host.</summary>
public abstract class ServiceProxy : DispatchProxy
{
    private object _service = new();

    /// <summary>Returns a second host over the same containers, which holds no handles yet.</summary>
    /// <param name="session">The session.</param>
    /// <param name="kind">The kind that the host reports, if it is another.</param>
    public static (object Host, T Service) HostOf<T>(Session session, string? kind = null)
        where T : ServiceProxy
    {
        T? made = null;
        CountedHost host = session.Beside(
            service =>
            {
                Type port = service.GetType().GetInterfaces().Single(one => one.Name == "IComputeService");
                made = (T)Create(port, typeof(T));
                made._service = service;
                return made;
            },
            kind);
        return (host.Host, made!);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Invoke(_service, args);
}
