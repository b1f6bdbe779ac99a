using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

/// <summary>Tests Watch-HcsEvent -Network.</summary>
public sealed class WatchNetworkTests(Session session) : NetworkTests(session)
{
    private const int OperationTimeout = unchecked((int)0x80370118);
    private const int NetworkNotFound = unchecked((int)0x803B0001);
    private const string Watch = "Watch-HcsEvent -Network -HcsHost $h";

    [Fact]
    public void Each_change_has_its_type_kind_name_and_id()
    {
        Guid old = Networks.Put("Network", """{"Name":"old"}""");
        using RunningScript watch = Begin(Watch);
        Guid made = Networks.Put("Network", """{"Name":"made"}""");
        Networks.Tell("NetworkCreated", made, """{"ID":"it"}""");
        Networks.Tell("EndpointAttached", Networks.Put("Endpoint", """{"Name":"web"}"""));
        Networks.Tell("NamespaceCreated", Networks.Put("Namespace", "{}"));
        Networks.Take("Network", old);
        Networks.Tell("NetworkDeleted", old);
        Networks.Tell("EndpointDetached", null);
        Poll.Until(() => Events(watch).Length == 5, "the events");
        dynamic[] events = Events(watch);
        watch.Stop();
        Assert.Equal(
            [
                "NetworkCreated Network made", "EndpointAttached Endpoint web", "NamespaceCreated Namespace ",
                "NetworkDeleted Network old", "EndpointDetached Endpoint ",
            ],
            events.Select(e => $"{e.Type} {e.Kind} {e.Name}"));
        Assert.Equal(made, (Guid?)events[0].Id);
        Assert.Null((Guid?)events[4].Id);
        Assert.Equal("""{"ID":"it"}""", Session.DocumentOf((object)events[0]));
        Assert.DoesNotContain("\"it\"", (string)Session.Single("$e | ConvertTo-Json", ("e", (object)events[0])), StringComparison.Ordinal);
        Assert.Equal((object)Host, (object)Session.Single("$e.HcsHost"));
    }

    [Fact]
    public void Ctrl_C_ends_it_and_its_subscription()
    {
        using RunningScript watch = Begin(Watch);
        watch.Stop();
        Assert.True(watch.HasEnded);
        Poll.Until(() => !Networks.IsHeard, "the subscription to end");
    }

    [Theory]
    [InlineData(NetworkNotFound, 3)]
    [InlineData(OperationTimeout, 1)]
    public void An_event_whose_object_cannot_be_read_is_still_written(int code, int asked)
    {
        using RunningScript watch = Begin(Watch);
        Networks.Refusal = call => call.StartsWith("GetAsync", StringComparison.Ordinal) ? code : null;
        for (int i = 0; i < 3; i++)
        {
            Networks.Tell("NetworkCreated", Networks.Put("Network", """{"Name":"unread"}"""));
        }

        Poll.Until(() => Events(watch).Length == 3, "the events");
        Assert.All(Events(watch), e => Assert.Null((string?)e.Name));
        Assert.Equal(asked, Networks.Calls.Count(call => call.StartsWith("GetAsync", StringComparison.Ordinal)));
        Assert.Empty(watch.Errors);
    }

    [Fact]
    public void The_service_is_not_held_while_the_pipeline_is_slow()
    {
        using var held = new ManualResetEventSlim();
        using RunningScript watch = Begin(Watch + " | ForEach-Object { if ($_.Type) { $held.Wait() }; $_ }", ("held", held));
        for (int i = 0; i < 100; i++)
        {
            Networks.Tell("NetworkDeleted", Guid.NewGuid());
        }

        held.Set();
        Poll.Until(() => Events(watch).Length == 100, "all events");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_time_says_how_long_to_watch_and_its_end_is_no_error(int seconds)
    {
        ScriptResult result = Session.Run(Watch + " -TimeoutSec $s -Verbose", ("s", seconds)).RequireNoErrors();
        Assert.Contains(result.Verbose, v => v.EndsWith($"were watched for {seconds} s.", StringComparison.Ordinal));
        Poll.Until(() => !Networks.IsHeard, "the subscription to end");
    }

    [Fact]
    public void The_end_of_the_service_is_an_event_and_an_error()
    {
        using RunningScript watch = Begin(Watch);
        Networks.Tell("ServiceDisconnected", null);
        watch.Wait();
        Assert.Equal(["ServiceDisconnected"], Events(watch).Select(e => (string)e.Type));
        Assert.Equal("HcsServiceDisconnect", Assert.Single(watch.Errors).FullyQualifiedErrorId.Split(',')[0]);
    }

    [Fact]
    public void AsJob_watches_in_the_background()
    {
        Session.Get($"$job = {Watch} -AsJob");
        Networks.Tell("NetworkDeleted", null);
        Poll.Until(() => (int)Session.Single("$job.ChildJobs[0].Output.Count") == 1, "the event");
        Assert.Equal("NetworkDeleted", Session.Single("Stop-Job $job; ($job | Receive-Job).Type"));
        Poll.Until(() => !Networks.IsHeard, "the subscription to end");
    }

    [Fact]
    public void A_subscription_that_is_not_answered_ends_with_the_limit_and_is_ended_when_it_comes()
    {
        using var answered = new ManualResetEventSlim();
        Networks.Before = call =>
        {
            if (call == "add_EventReceived")
            {
                answered.Wait();
            }
        };
        ErrorRecord error = Session.Run(Watch + " -TimeoutSec 1")
            .RequireError("HcsOperationTimeout", ErrorCategory.OperationTimeout);
        Assert.Contains("watch the networks of host", error.ToString(), StringComparison.Ordinal);
        using var ended = new ManualResetEventSlim();
        Networks.Before = call =>
        {
            if (call == "remove_EventReceived")
            {
                ended.Set();
            }
        };
        answered.Set();
        Poll.Until(() => ended.IsSet && !Networks.IsHeard, "the subscription to end");
    }

    [Fact]
    public void It_is_told_to_watch_either_containers_or_networks() =>
        Assert.Single(Session.Run("Watch-HcsEvent web -Network -HcsHost $h").Errors);

    private RunningScript Begin(string script, params (string Name, object? Value)[] variables)
    {
        RunningScript watch = Session.Begin(
            script.Replace(Watch, Watch + " -Verbose 4>&1", StringComparison.Ordinal), [("h", Host), .. variables]);
        Poll.Until(() => Snapshot(watch).OfType<VerboseRecord>().Any(said => said.Message.StartsWith("Watching", StringComparison.Ordinal)), "the watching to begin");
        return watch;
    }

    private static dynamic[] Events(RunningScript watch) => [.. Snapshot(watch).Where(o => o is not VerboseRecord)];

    private static IEnumerable<object> Snapshot(RunningScript watch) => watch.Output.Select(o => o.BaseObject);
}
