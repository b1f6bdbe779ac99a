using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Contract;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Hosts;

/// <summary>
/// Tests the handles that a session keeps. No command shows when a handle is closed or forgotten, so the tests read the
/// table.
/// </summary>
public sealed class HandleTableTests(Session session) : SessionTests(session)
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    private const int MostRemembered = 4096;

    private readonly List<string> _closed = [];

    // Asked once: the tests make thousands of handles.
    private readonly object _host = session.Single("Get-HcsHost");

    [Fact]
    public async Task Of_two_that_open_a_container_at_once_one_handle_stays()
    {
        Type container = Port("IContainer");
        var opened = new List<object>();
        object service = Answering.For(Port("IComputeService"), (method, _) =>
        {
            object source = Activator.CreateInstance(typeof(TaskCompletionSource<>).MakeGenericType(container))!;
            opened.Add(source);
            return source.GetType().GetProperty("Task")!.GetValue(source);
        });
        object table = Table(service);
        object deadline = Activator.CreateInstance(
            Module().GetType("HcsPowerShell.Hosts.Deadline")!, null, CancellationToken.None)!;
        Task[] tracking = [.. new[] { 1, 2 }.Select(_ => (Task)Call(table, "TrackAsync", "web", deadline)!)];
        Assert.Equal(2, opened.Count);
        for (int index = 0; index < opened.Count; index++)
        {
            opened[index].GetType().GetMethod("SetResult")!.Invoke(opened[index], [Container("web", $"handle {index}", out _)]);
        }

        await Task.WhenAll(tracking).Within();
        Assert.Equal(["handle 1"], _closed);
        Assert.Same(Result(tracking[0]), Result(tracking[1]));
    }

    [Fact]
    public void A_container_that_has_ended_is_forgotten_when_many_have_ended_after_it()
    {
        object table = Table(Service());
        for (int number = 0; number <= MostRemembered; number++)
        {
            Call(table, "Add", Container($"c{number}", $"c{number}", out Action exit));
            exit();
        }

        Assert.Null(Call(table, "Find", "c0"));
        Assert.NotNull(Call(table, "Find", "c1"));
        Assert.Equal(MostRemembered + 1, _closed.Count);
    }

    [Fact]
    public void A_process_with_pipes_that_was_closed_is_forgotten_when_many_were_closed_after_it()
    {
        object table = Table(Service());
        object pipes = Activator.CreateInstance(Port("ProcessStdio"), System.IO.Stream.Null, null, null)!;
        for (uint number = 0; number <= MostRemembered; number++)
        {
            object process = Answering.For(Port("IProcess"), (method, _) =>
                method.Name == "get_ProcessId" ? number : Unanswered(method));
            Call(Call(table, "Add", "web", process, pipes, DateTimeOffset.Now)!, "Close");
        }

        Assert.Null(Call(table, "Find", "web", 0u));
        Assert.NotNull(Call(table, "Find", "web", 1u));
    }

    private static object? Result(Task task) => task.GetType().GetProperty("Result")!.GetValue(task);

    private static object? Unanswered(MethodInfo method) =>
        method.Name == "get_Exited" ? Answering.Never(method.ReturnType, CancellationToken.None) : null;

    private static object? Call(object target, string method, params object[] arguments) => target.GetType()
        .GetMethods(Any)
        .Single(m => m.Name == method && m.GetParameters().Length == arguments.Length
            && m.GetParameters().Zip(arguments).All(pair => pair.First.ParameterType.IsInstanceOfType(pair.Second)))
        .Invoke(target, arguments);

    private object Service() => Answering.For(Port("IComputeService"), (method, _) => method.Name == "get_Layers"
        ? Answering.For(Port("ILayerService"), (_, _) => Task.FromResult<string?>(null))
        : null);

    private object Table(object service) => Activator.CreateInstance(
        Module().GetType("HcsPowerShell.Hosts.HandleTable")!,
        service,
        Activator.CreateInstance(Port("IContainer").Assembly.GetType("HcsPowerShell.Interop.Ownership.ContainerOwnership")!, service))!;

    private object Container(string id, string name, out Action exit)
    {
        PropertyInfo exited = Port("IContainer").GetProperty("Exited")!;
        Type status = exited.PropertyType.GetGenericArguments()[0];
        object source = Activator.CreateInstance(typeof(TaskCompletionSource<>).MakeGenericType(status))!;
        exit = () => source.GetType().GetMethod("SetResult")!.Invoke(source, [Activator.CreateInstance(status)]);
        return Answering.For(Port("IContainer"), (method, _) =>
        {
            if (method.Name == "Close")
            {
                _closed.Add(name);
            }

            return method.Name == "get_Id" ? id
                : method.Name == "get_Exited" ? source.GetType().GetProperty("Task")!.GetValue(source)
                : null;
        });
    }

    private Assembly Module() => _host.GetType().Assembly;

    private Type Port(string name) => _host.GetType().GetProperty("Service", Any)!.PropertyType.Assembly
        .GetType("HcsPowerShell.Interop." + name)!;
}
