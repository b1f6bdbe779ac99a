using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Tests.Engine;

/// <summary>A compute service with one container and one process, whose answers and states the test sets.</summary>
public class GivenSystem : ServiceProxy
{
    /// <summary>The answer to an enumeration.</summary>
    public string Listing { get; set; } = "[]";

    /// <summary>The answer to a query for properties of the container.</summary>
    public string Properties { get; set; } = "{}";

    /// <summary>The answers to the first queries for properties, before <see cref="Properties"/>.</summary>
    public ConcurrentQueue<string> FirstProperties { get; } = new();

    /// <summary>The exit status of the container; null while it runs.</summary>
    public string? ExitStatus { get; set; }

    /// <summary>The text of a container exit that could not be read.</summary>
    public string? UnreadExit { get; set; }

    /// <summary>The status of the process after its exit; null while it runs.</summary>
    public string? ProcessStatus { get; set; }

    /// <summary>True if the process was killed because of its memory.</summary>
    public bool IsOutOfMemory { get; set; }

    /// <summary>The HRESULT and result document of a refused start.</summary>
    public (int HResult, string Document)? Refusal { get; set; }

    /// <summary>
    /// The HRESULT of the answer to a query for service properties; null to return the answer of the host behind.
    /// </summary>
    public int? ServiceRefusal { get; set; }

    /// <summary>Makes the events of the given type that a watcher of the container gets at once.</summary>
    public IReadOnlyList<Func<Type, object>> Events { get; set; } = [];

    /// <summary>The documents that the commands sent.</summary>
    public ConcurrentQueue<string> Sent { get; } = new();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        "GetContainersAsync" => Send(args![0]!, Answering.Completed(targetMethod.ReturnType, List(targetMethod))),
        "GetPropertiesAsync" when ServiceRefusal is { } hresult =>
            Answering.Failed(targetMethod.ReturnType, Refused(targetMethod, "HcsGetServiceProperties", (hresult, string.Empty))),
        "OpenContainerAsync" => Answering.Completed(targetMethod.ReturnType, Container(targetMethod.ReturnType)),
        _ => base.Invoke(targetMethod, args),
    };

    private object Container(Type task)
    {
        var closed = new CancellationTokenSource();
        object? exited = null;
        return Answering.For(task.GetGenericArguments()[0], (method, args) => method.Name switch
        {
            "get_Exited" => exited ??= Exit(method, ExitStatus, ("UnreadText", UnreadExit), closed.Token),
            "Close" => End(closed),
            _ => AnswerAsContainer(method, args),
        });
    }

    private object? AnswerAsContainer(MethodInfo method, object?[] args) => method.Name switch
    {
        "get_Id" => "given",
        "GetPropertiesAsync" => Send(
            args[0]!,
            Answering.Completed(
                method.ReturnType,
                Read(method.ReturnType, FirstProperties.TryDequeue(out string? first) ? first : Properties))),
        "ModifyAsync" => Send(args[0]!, Task.CompletedTask),
        "CreateProcessAsync" => Send(args[0]!, Process(method)),
        "OpenProcessAsync" => Process(method),
        "StartAsync" => Refusal is { } refusal ? Task.FromException(Refused(method, "HcsStartComputeSystem", refusal)) : Task.CompletedTask,
        "add_EventReceived" => Raise((Delegate)args[0]!),
        _ => method.ReturnType == typeof(Task) ? Task.CompletedTask : null,
    };

    private object? Process(MethodInfo open)
    {
        var closed = new CancellationTokenSource();
        object? exited = null;
        return Answering.Completed(
            open.ReturnType,
            Answering.For(open.ReturnType.GetGenericArguments()[0], (method, args) => method.Name switch
            {
                "get_Exited" => exited ??= Exit(method, ProcessStatus, ("OutOfMemory", IsOutOfMemory), closed.Token),
                "Close" => End(closed),
                _ => AnswerAsProcess(method, args),
            }));
    }

    private object? AnswerAsProcess(MethodInfo method, object?[] args) => method.Name switch
    {
        "ResizeConsoleAsync" => Send($"{args[0]} wide, {args[1]} high", Task.CompletedTask),
        "get_ProcessId" => 42u,
        "GetStdioAsync" => Answering.Completed(
            method.ReturnType, method.ReturnType.GetGenericArguments()[0].GetProperty("None")!.GetValue(null)),
        _ => method.ReturnType == typeof(Task) ? Task.CompletedTask : null,
    };

    private object? Raise(Delegate subscriber)
    {
        Type received = subscriber.GetType().GetGenericArguments()[0];
        foreach (Func<Type, object> one in Events)
        {
            subscriber.DynamicInvoke(one(received));
        }

        return null;
    }

    private static object? End(CancellationTokenSource closed)
    {
        closed.Cancel();
        return null;
    }

    // The exit belongs to its handle, whose close ends the wait. One member of the answer does not come from the
    // document.
    private static object? Exit(MethodInfo method, string? json, (string Name, object? Value) beside, CancellationToken closed)
    {
        if (json is null)
        {
            return Answering.Never(
                method.ReturnType, closed, () => Refused(method, "Close", (unchecked((int)0x80070006), string.Empty)));
        }

        object status = Read(method.ReturnType, json);
        status.GetType().GetProperty(beside.Name)!.SetValue(status, beside.Value);
        return Answering.Completed(method.ReturnType, status);
    }

    private static object Read(Type task, string json)
    {
        Type document = task.GetGenericArguments()[0];
        return Json(document).GetMethod("Read", [typeof(Type), typeof(string)])!.Invoke(null, [document, json])!;
    }

    private object? List(MethodInfo method)
    {
        Type item = method.ReturnType.GetGenericArguments()[0].GetGenericArguments()[0];
        return Json(item).GetMethod("ReadList")!.MakeGenericMethod(item).Invoke(null, [Listing]);
    }

    private T Send<T>(object document, T answer)
    {
        Sent.Enqueue(document as string ?? (string)Json(document.GetType()).GetMethod("Write")!.Invoke(null, [document])!);
        return answer;
    }

    private static Type Json(Type document) => document.Assembly.GetType(document.Namespace + ".HcsJson")!;

    private static Exception Refused(MethodInfo method, string function, (int HResult, string Document) refusal) =>
        (Exception)method.DeclaringType!.Assembly.GetType("HcsPowerShell.Interop.HcsException")!.GetConstructors().Single()
            .Invoke([function, refusal.HResult, "given", refusal.Document, null, null]);
}
