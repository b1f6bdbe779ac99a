using System;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace HcsPowerShell.Contract.Counting;

/// <summary>
/// Counts the calls of a service of the port, or of a container or process of it. The proxy knows the port by the names
/// of its members only, so that it also works for the service of a module that was loaded at run time.
/// </summary>
public class CountingProxy : DispatchProxy
{
    private const string Event = "_EventReceived";

    private object _inner = new();
    private CallLedger _ledger = new();
    private CountedHandle _handle = new(string.Empty, string.Empty);

    /// <summary>
    /// Puts a proxy in front of a service. It has all interfaces of the service, because one of them sets a fault plan.
    /// </summary>
    /// <param name="service">The service.</param>
    /// <param name="ledger">The ledger that records the calls.</param>
    public static object Before(object service, CallLedger ledger) =>
        Create(AllInterfaces.Of(service.GetType()), service, ledger, "the service")._handle.Proxy;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        string name = targetMethod!.Name;
        _ledger.Call(name, _handle);
        if (name.EndsWith(Event, StringComparison.Ordinal))
        {
            _handle.Subscribe(name == "add" + Event ? 1 : -1);
        }
        else if (name == "Close")
        {
            _handle.Close();
        }

        if (args is { Length: > 0 } && _ledger.Options is { } options)
        {
            args[^1] = options(args[^1]);
        }

        object? answer = targetMethod.ReturnType == typeof(Task) && _ledger.Through is { } through
            ? through(name, () => (Task)Make(targetMethod, args)!)
            : Make(targetMethod, args);
        if (answer is not Task task)
        {
            return answer;
        }

        if (name == "get_Exited")
        {
            // The task is returned as it is: all waiting callers share it.
            _ledger.AwaitExit(task, _handle);
            return answer;
        }

        _ledger.Await(task, $"{name} of {_handle.Name} is under way");
        Type[] result = targetMethod.ReturnType.GetGenericArguments();
        return result.Length == 0
            ? Limit(task, name)
            : typeof(CountingProxy).GetMethod(nameof(AnswerAsync), BindingFlags.Instance | BindingFlags.NonPublic)!
                .MakeGenericMethod(result).Invoke(this, [answer, name]);
    }

    private object? Make(MethodInfo method, object?[]? args) =>
        method.Invoke(_inner, BindingFlags.DoNotWrapExceptions, null, args, null);

    private static CountingProxy Create(Type port, object inner, CallLedger ledger, string name)
    {
        var proxy = (CountingProxy)Create(port, typeof(CountingProxy));
        proxy._inner = inner;
        proxy._ledger = ledger;
        proxy._handle = new CountedHandle(name, proxy);
        return proxy;
    }

    private async Task<T> AnswerAsync<T>(Task<T> task, string name)
    {
        await Limit(task, name);
        T answer = await task;
        if (!typeof(T).IsInterface || typeof(T).GetMethod("Close") is null)
        {
            return answer;
        }

        CountingProxy opened = Create(typeof(T), answer!, _ledger, Describe(answer!));
        _ledger.Open(opened._handle);
        return (T)opened._handle.Proxy;
    }

    private Task Limit(Task task, string name) =>
        task.IsCompleted || _ledger.CallLimit is not { } limit ? task : task.Within(limit, $"{name} of {_handle.Name}");

    private string Describe(object opened) =>
        opened.GetType().GetInterfaces().Any(port => port.GetProperty("ProcessId") is not null)
            ? $"process {Read(opened, "ProcessId")} of {_handle.Name}"
            : $"container '{Read(opened, "Id")}'";

    private static object? Read(object opened, string property) => opened.GetType().GetInterfaces()
        .Select(port => port.GetProperty(property)).First(p => p is not null)!.GetValue(opened);
}
