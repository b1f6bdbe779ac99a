using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Faults;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Faults;

/// <summary>
/// Tests faults that change the output of the service: result documents, answers, and the number of times it reports an
/// event.
/// </summary>
public sealed class AnswerTests
{
    private static readonly string s_long = new('x', 100_000);

    public static TheoryData<ComputeOperation> Asked =>
    [
        ComputeOperation.Properties, ComputeOperation.Statistics, ComputeOperation.ProcessList,
        ComputeOperation.MappedVirtualDisks, ComputeOperation.HasPendingUpdates,
    ];

    public static TheoryData<ComputeOperation, ComputeSystemEventType> Told => new()
    {
        { ComputeOperation.Start, ComputeSystemEventType.SystemStarted },
        { ComputeOperation.Pause, ComputeSystemEventType.SystemPaused },
        { ComputeOperation.Resume, ComputeSystemEventType.SystemResumed },
        { ComputeOperation.CreateProcess, ComputeSystemEventType.ProcessStarted },
    };

    [Theory]
    [InlineData("{ no")]
    [InlineData("")]
    [InlineData("""{"Error":1,"ErrorMessage":"other"}""")]
    public async Task A_refusal_has_the_result_document_of_the_rule(string document)
    {
        var host = new DisturbedHost(
            new FaultRule { Operation = ComputeOperation.Start, HResult = "0x80070005", ResultDocument = document });
        HcsException failure = await Assert.ThrowsAsync<HcsException>(() => host.Call(ComputeOperation.Start));
        Assert.Equal(HResult.AccessDenied, failure.HResult);
        Assert.Equal(document, failure.ResultDocument);
        Assert.Empty(host.Calls);
    }

    [Theory]
    [MemberData(nameof(Asked))]
    public async Task A_question_is_asked_and_answered_by_the_rule(ComputeOperation operation)
    {
        var host = new DisturbedHost(
            new FaultRule { Operation = operation, Answer = $$"""{"Id":"other","Owner":"{{s_long}}"}""" });
        ContainerProperties answer = await host.AskAsync(operation).Within();
        Assert.Equal(("other", s_long), (answer.Id, answer.Owner));
        Assert.Equal([operation.ToString()], host.Calls);
    }

    [Theory]
    [InlineData("{ no", "not valid JSON")]
    [InlineData("""{"Id":7}""", "$.Id")]
    [InlineData("null", "$")]
    [InlineData("", "empty")]
    [InlineData(" ", "empty")]
    public async Task An_answer_that_cannot_be_read_is_a_failure_of_the_service(string answer, string says)
    {
        foreach (ComputeOperation operation in Asked.Select(row => row.Data))
        {
            var host = new DisturbedHost(new FaultRule { Operation = operation, Answer = answer });
            HcsException failure = await Assert.ThrowsAsync<HcsException>(() => host.Call(operation));
            RequireUnreadable(failure, "HcsGetComputeSystemProperties", says);
            Assert.Equal("c0", failure.SystemId);
        }
    }

    [Theory]
    [InlineData("{ no", "a list was expected")]
    [InlineData("[{ no", "not valid JSON")]
    [InlineData("""[{"Id":"first"},{"Id":7}]""", "$[1].Id")]
    [InlineData("{}", "$")]
    [InlineData("", "empty")]
    public async Task A_list_that_cannot_be_read_is_a_failure_of_the_service(string answer, string says)
    {
        var host = new DisturbedHost(new FaultRule { Operation = ComputeOperation.Enumerate, Answer = answer });
        List<string?> read = [];
        HcsException failure = await Assert.ThrowsAsync<HcsException>(async () =>
        {
            foreach (ContainerProperties item in await host.Service.GetContainersAsync(
                new ComputeSystemQuery(), TestContext.Current.CancellationToken))
            {
                read.Add(item.Id);
            }
        });
        RequireUnreadable(failure, "HcsEnumerateComputeSystems", says);
        Assert.Equal(answer.Contains("first", StringComparison.Ordinal) ? ["first"] : [], read);
    }

    [Theory]
    [InlineData("""{"Status":-2147024891,"ExitType":"UnexpectedExit"}""", "UnexpectedExit", null)]
    [InlineData("{ no", "Unknown", "{ no")]
    [InlineData("", null, null)]
    public async Task An_exit_is_told_with_the_document_of_the_rule(string answer, string? exitType, string? unread)
    {
        var host = new DisturbedHost(new FaultRule { Operation = ComputeOperation.Wait, Answer = answer });
        ConcurrentQueue<string?> told = [];
        host.Containers[0].EventReceived += e => told.Enqueue(e.Document);
        await host.Call(ComputeOperation.Wait);
        SystemExitStatus exit = await host.Containers[0].Exited;
        Assert.Equal((exitType, unread), (exit.ExitType, exit.UnreadText));
        await Waits.Until(() => !told.IsEmpty, what: "the exit is told");
        Assert.Equal([answer], told);
    }

    [Theory]
    [MemberData(nameof(Told))]
    public async Task The_event_of_a_call_comes_twice_and_that_of_the_next_call_once(
        ComputeOperation operation, ComputeSystemEventType type)
    {
        var host = new DisturbedHost(new FaultRule { Operation = operation, Nth = 1, RepeatedNotification = true });
        ConcurrentQueue<ComputeSystemEventType> told = [];
        host.Containers[0].EventReceived += e => told.Enqueue(e.Type);
        await host.Call(operation);
        host.InnerContainers[0].Tell(ComputeSystemEventType.SystemCrashReport);
        host.InnerContainers[0].Tell(type);
        await host.Call(operation);
        host.InnerContainers[0].Tell(type);
        await Waits.Until(() => told.Count == 4, what: "the events are told");
        Assert.Equal([ComputeSystemEventType.SystemCrashReport, type, type, type], told);
    }

    [Fact]
    public async Task A_call_that_fails_leaves_no_event_to_repeat()
    {
        var host = new DisturbedHost(
            new FaultRule { Operation = ComputeOperation.Start, RepeatedNotification = true });
        host.Inner.Log.Refusal = new HcsException("Start", HResult.AccessDenied);
        await Assert.ThrowsAsync<HcsException>(() => host.Call(ComputeOperation.Start));
        ConcurrentQueue<ComputeSystemEventType> told = [];
        host.Containers[0].EventReceived += e => told.Enqueue(e.Type);
        host.InnerContainers[0].Tell(ComputeSystemEventType.SystemStarted);
        host.InnerContainers[0].Tell(ComputeSystemEventType.SystemPaused);
        await Waits.Until(() => told.Count == 2, what: "the events are told");
        Assert.Equal([ComputeSystemEventType.SystemStarted, ComputeSystemEventType.SystemPaused], told);
    }

    [Fact]
    public async Task An_exit_that_is_told_twice_is_one_exit_and_two_events()
    {
        var host = new DisturbedHost(
            new FaultRule { Operation = ComputeOperation.Wait, RepeatedNotification = true },
            new FaultRule { Operation = ComputeOperation.ProcessWait, RepeatedNotification = true });
        ConcurrentQueue<ComputeSystemEventType> told = [];
        host.Containers[0].EventReceived += e => told.Enqueue(e.Type);
        await host.Call(ComputeOperation.ProcessWait);
        Assert.Equal(3u, (await host.Processes[0].Exited).ExitCode);
        await host.Call(ComputeOperation.Wait);
        Assert.Equal("GracefulExit", (await host.Containers[0].Exited).ExitType);
        await Waits.Until(() => told.Count == 2, what: "the exit is told twice");
        Assert.All(told, type => Assert.Equal(ComputeSystemEventType.SystemExited, type));
    }

    private static void RequireUnreadable(HcsException failure, string function, string says)
    {
        Assert.Equal(HResult.InvalidData, failure.HResult);
        Assert.Equal(function, failure.Function);
        Assert.Null(failure.ResultDocument);
        Assert.Contains(says, Assert.IsType<HcsDocumentException>(failure.InnerException).Message, StringComparison.Ordinal);
    }
}
