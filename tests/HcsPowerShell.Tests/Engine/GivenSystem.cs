using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Tests.Engine;

/// <summary>A compute service with one container and one process that say and are what the test says.</summary>
public class GivenSystem : ServiceProxy
{
    /// <summary>The answer to an enumeration.</summary>
    public string Listing { get; set; } = "[]";

    /// <summary>The answer to a query for properties of the container.</summary>
    public string Properties { get; set; } = "{}";

    /// <summary>The answers to the first queries for properties, before <see cref="Properties"/>.</summary>
    public ConcurrentQueue<string> FirstProperties { get; } = new();

    /// <summary>How the container ended; null while it runs.</summary>
    public string? ExitStatus { get; set; }

    /// <summary>The text of an exit of the container that could not be read.</summary>
    public string? UnreadExit { get; set; }

    /// <summary>How the process is, once it has exited; null while it runs.</summary>
    public string? ProcessStatus { get; set; }

    /// <summary>The process was killed for its memory.</summary>
    public bool IsOutOfMemory { get; set; }

    /// <summary>HRESULT and result document of a start that is refused.</summary>
    public (int HResult, string Document)? Refusal { get; set; }

    /// <summary>HRESULT of the answer to a query for properties of the service; null when that of the host behind it is given.</summary>
    public int? ServiceRefusal { get; set; }

    /// <summary>Makes the events that a watcher of the container gets at once, of the type given.</summary>
    public IReadOnlyList<Func<Type, object>> Events { get; set; } = [];

    /// <summary>The documents the commands sent.</summary>
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

    // Of its own handle: the close of that ends the wait. One member of the answer is none of the document.
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
