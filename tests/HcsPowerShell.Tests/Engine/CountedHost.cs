using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Contract.Counting;
using Xunit;

namespace HcsPowerShell.Tests.Engine;

/// <summary>A host whose calls are counted. It holds no handles when the counting begins.</summary>
public sealed class CountedHost
{
    private const BindingFlags Internal = BindingFlags.Instance | BindingFlags.NonPublic;
    private const BindingFlags Any = Internal | BindingFlags.Public;

    // Handles are closed after the exit, on other threads.
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    private readonly object _service;

    private CountedHost(object host, object service, CallLedger ledger)
    {
        Host = host;
        _service = service;
        Ledger = ledger;
    }

    public object Host { get; }

    public CallLedger Ledger { get; }

    /// <summary>True if the host has been disconnected.</summary>
    public bool HasEnded => (bool)Property(Host, "IsClosed");

    private object Handles => Property(Host, "Handles");

    // The handles that the module keeps between commands: container handles until the exit, and process handles until
    // the exit or, if they have pipes, until they are closed.
    private object[] Kept =>
    [
        .. Tracked("_containers").Where(one => (bool)Property(one, "IsOpen"))
            .Concat(Tracked("_processes").Where(one => !((Task)Property(one, "Done")).IsCompleted))
            .Select(one => Property(one, "Handle")),
    ];

    /// <summary>Counts the calls of a host that has just been connected.</summary>
    public static CountedHost Of(object host)
    {
        var ledger = new CallLedger();
        object service = Property(host, "Service");
        object proxy = CountingProxy.Before(service, ledger);
        Set(host, "Service", proxy);
        Set(host, "Ownership", Activator.CreateInstance(Property(host, "Ownership").GetType(), proxy)!);
        Set(host, "Handles", Activator.CreateInstance(Property(host, "Handles").GetType(), proxy, Property(host, "Ownership"))!);
        return new CountedHost(host, service, ledger);
    }

    /// <summary>
    /// Returns a second host of the same name, over the same service or over a service in front of it, with its own
    /// counts.
    /// </summary>
    /// <param name="before">Puts a service in front of the service of the host.</param>
    /// <param name="kind">The kind that the host reports, if it is another.</param>
    public CountedHost Beside(Func<object, object>? before = null, string? kind = null)
    {
        object own = Property(Host, "Kind");
        object told = kind is null ? own : Enum.Parse(own.GetType(), kind);
        var ledger = new CallLedger();
        object service = before is null ? _service : before(_service);
        ConstructorInfo constructor = Host.GetType().GetConstructors(Internal).Single();
        object host = constructor.Invoke([Property(Host, "Name"), told, CountingProxy.Before(service, ledger)]);
        return new CountedHost(host, service, ledger);
    }

    /// <summary>Requires, after a command, that nothing is left except the handles that the module keeps.</summary>
    public void RequireOnlyKept() => Require(() => [.. Ledger.LeftBeside(Kept), .. Ledger.Subscribed]);

    /// <summary>Requires that nothing is left.</summary>
    public void RequireNothing() => Require(() => [.. Ledger.Left, .. Ledger.Subscribed]);

    /// <summary>Requires, after the end of the host, that nothing is left.</summary>
    public void RequireNothingAfterEnd()
    {
        // Process output can be received after the host has ended, until the process is closed.
        foreach (object process in Tracked("_processes"))
        {
            process.GetType().GetMethod("Close")!.Invoke(process, null);
        }

        RequireNothing();
    }

    private void Require(Func<string[]> left)
    {
        long end = Environment.TickCount64 + (long)s_limit.TotalMilliseconds;
        string[] now;
        while ((now = left()).Length > 0 && Environment.TickCount64 < end)
        {
            Thread.Sleep(1);
        }

        Assert.True(now.Length == 0, $"Left behind on {Host}: " + string.Join("; ", now));
    }

    private IEnumerable<object> Tracked(string table) => ((IEnumerable)Property(
        Handles.GetType().GetField(table, Internal)!.GetValue(Handles)!, "Values")).Cast<object>();

    private static object Property(object of, string name) => of.GetType().GetProperty(name, Any)!.GetValue(of)!;

    private static void Set(object host, string property, object value) =>
        host.GetType().GetField($"<{property}>k__BackingField", Internal)!.SetValue(host, value);
}
