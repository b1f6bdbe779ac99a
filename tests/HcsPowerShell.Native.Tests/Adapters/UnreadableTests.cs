using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.ComputeCore;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Lifecycle;
using HcsPowerShell.Interop.VmCompute;
using Xunit;
using static HcsPowerShell.Interop.Native.ComputeCore;
using static HcsPowerShell.Interop.Native.VmCompute;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>
/// Gives every kind of text to every reader of events and exits. No text ends the process or hides the exit.
/// </summary>
public sealed class UnreadableTests
{
    private const string HalfRaw = "{\"ExitType\":\"\ud800\"}";

    /// <summary>Texts that are not a document.</summary>
    private static readonly string[] s_nothing =
    [
        "null", "5", "true", "[]", "[null]", "\"x\"", "nonsense", "{", "{\"Status\":", "\0", "\ud800", HalfRaw,
        """{"ExitType":"\ud800"}""", """{"\udc00":1}""", """{"Other":"\ud800"}""", """{"ProcessId":1,"Other":["\uDfff"]}""",
        """{"Status":"much"}""", """{"Status":99999999999}""", """{"ExitType":7}""", """{"Status":1}{"Status":2}""", new string('[', 5000),
    ];

    /// <summary>Texts without information about the exit.</summary>
    private static readonly string?[] s_empty =
    [
        """{"ProcessId":-1}""", """{"Exited":"yes"}""",
        null, "", " ", "{}", """{"Attribution":[null]}""", """{"Other":null}""",
    ];

    public static TheoryData<string, string?> Exits
    {
        get
        {
            var data = new TheoryData<string, string?>();
            foreach (string reader in new[] { "SystemEvents", "SystemNotifications", "ProcessEvents", "ProcessNotifications" })
            {
                foreach (string? text in s_nothing.Concat(s_empty))
                {
                    data.Add(reader, Escape(text));
                }
            }

            return data;
        }
    }

    public static TheoryData<string> Unreadable => [.. s_nothing.Select(text => Escape(text)!)];

    [Theory]
    [MemberData(nameof(Exits))]
    public async Task An_exit_is_told_whatever_comes_with_it(string reader, string? escaped)
    {
        string? text = Unescape(escaped);
        var system = new SystemSignals("web");
        var process = new ProcessSignals(system, 7) { Query = () => throw new HcsDocumentException("$", "unreadable") };
        List<ComputeSystemEvent> events = [];
        system.EventReceived += received =>
        {
            lock (events)
            {
                events.Add(received);
            }
        };
        switch (reader)
        {
            case "SystemEvents":
                new SystemEvents(system).OnEvent(HCS_EVENT_TYPE.HcsEventSystemExited, text);
                await system.Exited.Within();
                break;
            case "SystemNotifications":
                new SystemNotifications(system).OnNotification(
                    HCS_NOTIFICATIONS.HcsNotificationSystemExited, HResult.UnexpectedExit, text);
                Assert.Equal(HResult.UnexpectedExit, (await system.Exited.Within()).Status);
                break;
            case "ProcessEvents":
                new ProcessEvents(process).OnEvent(HCS_EVENT_TYPE.HcsEventProcessExited, text);
                RequireUnknown(await process.Exited.Within());
                break;
            default:
                new ProcessNotifications(process).OnNotification(HCS_NOTIFICATIONS.HcsNotificationProcessExited, 0, text);
                RequireUnknown(await process.Exited.Within());
                break;
        }

        await Waits.Until(() => events.Count == 1, what: "the event");
        Assert.Equal(
            reader.StartsWith("System", StringComparison.Ordinal)
                ? ComputeSystemEventType.SystemExited : ComputeSystemEventType.ProcessExited,
            events[0].Type);
        Assert.True(text is null || events[0].Document == text, events[0].Document);
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void An_exit_that_cannot_be_read_is_unknown_and_keeps_its_text(string escaped)
    {
        string text = Unescape(escaped)!;
        SystemExitStatus exit = ExitDocument.Read(text, hresult: 0);
        Assert.Equal("Unknown", exit.ExitType);
        Assert.Equal(0, exit.Status);
        Assert.Equal(text, exit.UnreadText);
        HcsJson.Reproduce(exit);
    }

    [Theory]
    [InlineData("""{"Status":-5,"ExitType":7}""", -5, null)]
    [InlineData("""{"Status":"x","ExitType":"ForcedExit"}""", 0, "ForcedExit")]
    [InlineData("""{"ExitType":"GracefulExit","Attribution":5}""", 0, "GracefulExit")]
    [InlineData("""{"Status":0,"ExitType":"Strange","New":{"a":[1]}}""", 0, "Strange")]
    public void What_can_be_read_of_an_exit_is(string text, int status, string? type)
    {
        SystemExitStatus exit = ExitDocument.Read(text, HResult.Unspecified);
        Assert.Equal((status, type), (exit.Status, exit.ExitType));
        Assert.Null(exit.UnreadText);
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task Other_events_pass_their_text_on(string escaped)
    {
        string text = Unescape(escaped)!;
        var system = new SystemSignals("web");
        var told = new TaskCompletionSource<string?>();
        system.EventReceived += received => told.TrySetResult(received.Document);
        new SystemEvents(system).OnEvent(HCS_EVENT_TYPE.HcsEventSystemCrashReport, text);
        Assert.Equal(text, await told.Task.Within());
    }

    [Fact]
    public async Task A_process_whose_status_cannot_be_read_ends_with_its_system()
    {
        var system = new SystemSignals("web");
        var process = new ProcessSignals(system, 7) { Query = () => throw new HcsDocumentException("$", "unreadable") };
        await process.CheckAsync().Within();
        Assert.False(process.Exited.IsCompleted);
        await process.CheckAsync(systemHasExited: true).Within();
        RequireUnknown(await process.Exited.Within());
    }

    [Fact]
    public async Task A_failing_action_costs_no_action_after_it()
    {
        var queue = new SerialQueue();
        var done = new TaskCompletionSource();
        queue.Add(() => throw new InvalidOperationException());
        queue.Add(done.SetResult);
        await done.Task.Within();
    }

    private static void RequireUnknown(ProcessStatus exit)
    {
        Assert.True(exit.Exited);
        Assert.Equal(HResult.ProcessAlreadyStopped, exit.LastWaitResult is HResult.SystemAlreadyStopped
            ? HResult.ProcessAlreadyStopped : exit.LastWaitResult);
    }

    // The test runner cannot pass half a surrogate pair as an argument.
    private static string? Escape(string? text) => text is null ? null : Convert.ToBase64String(
        text.SelectMany(BitConverter.GetBytes).ToArray());

    private static string? Unescape(string? text) => text is null ? null : string.Concat(
        Convert.FromBase64String(text).Chunk(sizeof(char)).Select(pair => BitConverter.ToChar(pair)));
}
