using System;
using System.Collections.Concurrent;
using System.IO;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Contract;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Terminal;

/// <summary>Tests the session of Enter-HcsContainer between a terminal and a process that the test simulates.</summary>
public sealed class ConsoleSessionTests : SessionTests
{
    private readonly ConcurrentQueue<string> _calls = new();
    private readonly ManualResetEventSlim _readingEnds = new();
    private readonly object _exited;
    private readonly object _session;
    private int _looks;

    public ConsoleSessionTests(Session session)
        : base(session)
    {
        object host = Session.Single("Get-HcsHost");
        Assembly module = host.GetType().Assembly;
        Assembly port = host.GetType().GetProperty("Service", BindingFlags.Instance | BindingFlags.NonPublic)!.PropertyType.Assembly;
        Type process = port.GetType("HcsPowerShell.Interop.IProcess")!;
        Type status = process.GetProperty("Exited")!.PropertyType.GetGenericArguments()[0];
        _exited = Activator.CreateInstance(typeof(TaskCompletionSource<>).MakeGenericType(status))!;
        Type size = module.GetType("HcsPowerShell.Terminal.TerminalSize")!;
        object terminal = Answering.For(module.GetType("HcsPowerShell.Terminal.ITerminal")!, (method, _) => method.Name switch
        {
            "get_Size" => Activator.CreateInstance(size, Interlocked.Increment(ref _looks) == 1 ? (ushort)80 : (ushort)100, (ushort)30),
            "Read" => Read(),
            "EndReading" => End(),
            _ => null,
        });
        object stdio = Activator.CreateInstance(
            port.GetType("HcsPowerShell.Interop.ProcessStdio")!, Stream.Null, Stream.Null, null)!;
        object tracked = Activator.CreateInstance(
            module.GetType("HcsPowerShell.Hosts.TrackedProcess")!,
            Answering.For(process, Process),
            stdio,
            DateTimeOffset.Now)!;
        _session = Activator.CreateInstance(module.GetType("HcsPowerShell.Terminal.ConsoleSession")!, tracked, terminal)!;
    }

    protected override void Disposed() => _readingEnds.Dispose();

    [Fact]
    public async Task A_new_size_is_told_once()
    {
        Task running = Run(CancellationToken.None);
        await Waits.Until(() => Volatile.Read(ref _looks) >= 5, what: "five looks at the size");
        Assert.Equal(["ResizeConsoleAsync 100 30"], _calls);
        Exit();
        await running.Within();
    }

    [Fact]
    public async Task With_the_exit_the_reading_of_keys_ends_and_the_process_is_closed()
    {
        Task running = Run(CancellationToken.None);
        Exit();
        await running.Within(what: "the end of the session");
        Assert.True(_readingEnds.IsSet);
        Assert.Contains("Close", _calls);
        Assert.DoesNotContain("KillAsync", _calls);
    }

    [Fact]
    public async Task Given_up_it_ends_the_process()
    {
        using var stop = new CancellationTokenSource();
        Task running = Run(stop.Token);
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.Within());
        Assert.Contains("KillAsync", _calls);
        Assert.Contains("Close", _calls);
    }

    private Task Run(CancellationToken stop) => (Task)_session.GetType().GetMethod("RunAsync")!.Invoke(_session, [stop])!;

    private void Exit()
    {
        Type status = _exited.GetType().GetGenericArguments()[0];
        _exited.GetType().GetMethod("TrySetResult")!.Invoke(_exited, [Activator.CreateInstance(status)]);
    }

    private object? Process(MethodInfo method, object?[] arguments)
    {
        switch (method.Name)
        {
            case "get_Exited": return _exited.GetType().GetProperty("Task")!.GetValue(_exited);
            case "ResizeConsoleAsync": _calls.Enqueue($"{method.Name} {arguments[0]} {arguments[1]}"); break;
            case "KillAsync":
                _calls.Enqueue(method.Name);
                Exit();
                break;
            default: _calls.Enqueue(method.Name); break;
        }

        return method.ReturnType == typeof(Task) ? Task.CompletedTask : null;
    }

    private object Read()
    {
        Assert.True(_readingEnds.Wait(Waits.Limit), $"Not within {Waits.Limit}: the end of reading");
        return 0;
    }

    private object? End()
    {
        _readingEnds.Set();
        return null;
    }
}
