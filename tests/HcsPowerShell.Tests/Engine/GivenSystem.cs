using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Reflection;
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

    /// <summary>How the process is, once it has exited; null while it runs.</summary>
    public string? ProcessStatus { get; set; }

    /// <summary>HRESULT and result document of a start that is refused.</summary>
    public (int HResult, string Document)? Refusal { get; set; }

    /// <summary>HRESULT of the answer to a query for properties of the service; null when that of the host behind it is given.</summary>
    public int? ServiceRefusal { get; set; }

    /// <summary>The documents the commands sent.</summary>
    public ConcurrentQueue<string> Sent { get; } = new();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        "GetContainersAsync" => Send(args![0]!, Answering.Completed(targetMethod.ReturnType, List(targetMethod))),
        "GetPropertiesAsync" when ServiceRefusal is { } hresult =>
            Answering.Failed(targetMethod.ReturnType, Refused(targetMethod, "HcsGetServiceProperties", (hresult, string.Empty))),
        "OpenContainerAsync" => Answering.Completed(
            targetMethod.ReturnType, Answering.For(targetMethod.ReturnType.GetGenericArguments()[0], AnswerAsContainer)),
        _ => base.Invoke(targetMethod, args),
    };

    private object? AnswerAsContainer(MethodInfo method, object?[] args) => method.Name switch
    {
        "get_Id" => "given",
        "get_Exited" => Exit(method.ReturnType, ExitStatus),
        "GetPropertiesAsync" => Send(args[0]!, Exit(method.ReturnType, FirstProperties.TryDequeue(out string? first) ? first : Properties)),
        "ModifyAsync" => Send(args[0]!, Task.CompletedTask),
        "CreateProcessAsync" => Send(args[0]!, Process(method)),
        "OpenProcessAsync" => Process(method),
        "StartAsync" => Refusal is { } refusal ? Task.FromException(Refused(method, "HcsStartComputeSystem", refusal)) : Task.CompletedTask,
        _ => method.ReturnType == typeof(Task) ? Task.CompletedTask : null,
    };

    private object? AnswerAsProcess(MethodInfo method, object?[] args) => method.Name switch
    {
        "ResizeConsoleAsync" => Send($"{args[0]} wide, {args[1]} high", Task.CompletedTask),
        "get_ProcessId" => 42u,
        "get_Exited" => Exit(method.ReturnType, ProcessStatus),
        "GetStdioAsync" => Answering.Completed(
            method.ReturnType, method.ReturnType.GetGenericArguments()[0].GetProperty("None")!.GetValue(null)),
        _ => method.ReturnType == typeof(Task) ? Task.CompletedTask : null,
    };

    private object? Process(MethodInfo method) => Answering.Completed(
        method.ReturnType,
        Answering.For(method.ReturnType.GetGenericArguments()[0], AnswerAsProcess));

    private static object? Exit(Type task, string? json) => json is null
        ? Answering.Never(task)
        : Answering.Completed(task, Json(task.GetGenericArguments()[0]).GetMethod("Read", [typeof(Type), typeof(string)])!
            .Invoke(null, [task.GetGenericArguments()[0], json]));

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
