using System.Linq;
using System.Reflection;

namespace HcsPowerShell.Tests.Engine;

/// <summary>A compute service in front of that of a session's host.</summary>
public abstract class ServiceProxy : DispatchProxy
{
    private object _service = new();

    /// <summary>A second host over the same containers; it holds no handles yet.</summary>
    public static (object Host, T Service) HostOf<T>(Session session)
        where T : ServiceProxy
    {
        const BindingFlags Internal = BindingFlags.Instance | BindingFlags.NonPublic;
        object host = session.Single("Get-HcsHost");
        PropertyInfo service = host.GetType().GetProperty("Service", Internal)!;
        var proxy = (T)Create(service.PropertyType, typeof(T));
        proxy._service = service.GetValue(host)!;
        object kind = host.GetType().GetProperty("Kind")!.GetValue(host)!;
        return (host.GetType().GetConstructors(Internal).Single().Invoke([session.HostName, kind, proxy]), proxy);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Invoke(_service, args);
}
