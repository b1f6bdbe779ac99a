using System.Reflection;
using HcsPowerShell.Contract.Counting;

namespace HcsPowerShell.Tests.Engine;

/// <summary>A second host over the containers of a session's, whose calls are counted; it holds no handles yet.</summary>
public static class CountedHost
{
    public static (object Host, CallLedger Ledger) Of(Session session)
    {
        const BindingFlags Internal = BindingFlags.Instance | BindingFlags.NonPublic;
        object host = session.Single("Get-HcsHost");
        PropertyInfo service = host.GetType().GetProperty("Service", Internal)!;
        var ledger = new CallLedger();
        object proxy = CountingProxy.Before(service.PropertyType, service.GetValue(host)!, ledger);
        object kind = host.GetType().GetProperty("Kind")!.GetValue(host)!;
        ConstructorInfo constructor = host.GetType().GetConstructors(Internal)[0];
        return (constructor.Invoke([session.HostName, kind, proxy]), ledger);
    }
}
