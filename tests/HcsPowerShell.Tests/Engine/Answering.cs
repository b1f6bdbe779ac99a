using System;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Tests.Engine;

/// <summary>An object with one of the module's interfaces that gives the answers of the test.</summary>
public class Answering : DispatchProxy
{
    private Func<MethodInfo, object?[], object?> _answer = (_, _) => null;

    public static object For(Type type, Func<MethodInfo, object?[], object?> answer)
    {
        object proxy = Create(type, typeof(Answering));
        ((Answering)proxy)._answer = answer;
        return proxy;
    }

    /// <summary>Returns a completed task of a method's return type, with this value.</summary>
    public static object? Completed(Type task, object? value) =>
        typeof(Task).GetMethod(nameof(Task.FromResult))!.MakeGenericMethod(task.GetGenericArguments()).Invoke(null, [value]);

    /// <summary>Returns a failed task of a method's return type.</summary>
    public static object? Failed(Type task, Exception failure) =>
        typeof(Task).GetMethods().Single(m => m is { Name: nameof(Task.FromException), IsGenericMethod: true })
            .MakeGenericMethod(task.GetGenericArguments()).Invoke(null, [failure]);

    /// <summary>Returns a task of a method's return type that does not end before the token is cancelled.</summary>
    /// <param name="task">The return type.</param>
    /// <param name="until">The token.</param>
    /// <param name="failure">Returns the exception of the task; without it the task is cancelled.</param>
    public static object? Never(Type task, CancellationToken until, Func<Exception>? failure = null)
    {
        Type type = typeof(TaskCompletionSource<>).MakeGenericType(task.GetGenericArguments());
        object source = Activator.CreateInstance(type, TaskCreationOptions.RunContinuationsAsynchronously)!;
        until.Register(() => _ = failure is null
            ? type.GetMethod("TrySetCanceled", [])!.Invoke(source, null)
            : type.GetMethod("TrySetException", [typeof(Exception)])!.Invoke(source, [failure()]));
        return type.GetProperty("Task")!.GetValue(source);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer(targetMethod!, args ?? []);
}
