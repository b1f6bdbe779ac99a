using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class WatchHcsEventTests(Session session) : SessionTests(session)
{
    [Fact]
    public void The_life_of_a_container_comes_as_events_in_order()
    {
        dynamic container = Session.NewContainer();
        using RunningScript watch = Watch("$c | Watch-HcsEvent", container);
        using Session other = Session.WithoutHost();
        other.Get(
            "Start-HcsContainer $c; $p = Start-HcsProcess $c -CommandArg sh, -c, 'exit 3'; $null = Wait-HcsProcess $p;"
            + " Suspend-HcsContainer $c; Resume-HcsContainer $c; Stop-HcsContainer $c",
            ("c", container));
        watch.Wait();
        Assert.Empty(watch.Errors);
        dynamic[] events = Events(watch);

        // A waiting command may know of a process exit before the event is reported, so this event has no fixed place.
        dynamic exited = events.Single(e => e.Type == "ProcessExited");
        dynamic[] rest = [.. events.Where(e => e.Type != "ProcessExited")];
        Assert.Equal(
            ["SystemStarted", "ProcessStarted", "SystemPaused", "SystemResumed", "SystemExited"],
            rest.Select(e => (string)e.Type));
        Assert.All(events, e => Assert.Equal((string)container.Id, (string)e.ContainerId));
        Assert.NotNull((uint?)exited.ProcessId);
        Assert.Equal((uint?)rest[1].ProcessId, (uint?)exited.ProcessId);
        Assert.Contains("GracefulExit", (string)rest[4].Document, StringComparison.Ordinal);
        Assert.Equal(Session.HostName, (string)Session.Single("$e.HcsHost.Name", ("e", (object)events[0])));
    }

    [Fact]
    public void All_are_those_that_exist_now()
    {
        using var far = new Session();
        dynamic[] all = [far.NewRunning(), far.NewRunning()];
        using RunningScript watch = Watch("Watch-HcsEvent * -HcsHost $h", all, all.Length, ("h", far.HostName));
        far.Get("Stop-HcsContainer $all -Force; $null = New-HcsContainer later -Start", ("all", all));
        watch.Wait();
        Assert.Equal(
            all.Select(c => (string)c.Id).Order(),
            Events(watch).Select(e => (string)e.ContainerId).Distinct().Order());
    }

    [Fact]
    public void Nothing_is_lost_while_the_pipeline_is_slow()
    {
        const int Processes = 300;
        dynamic container = Session.NewRunning();
        using RunningScript watch = Watch(
            "$c | Watch-HcsEvent | ForEach-Object { [Threading.Thread]::Sleep(3); $_ }", container);
        using Session other = Session.WithoutHost();
        other.Get(
            $"1..{Processes} | ForEach-Object {{ $null = Start-HcsProcess $c 'true' }}; Stop-HcsContainer $c", ("c", container));
        watch.Wait();
        string[] types = [.. Events(watch).Select(e => (string)e.Type)];
        Assert.Equal(Processes, types.Count(t => t == "ProcessStarted"));
        Assert.Equal(Processes, types.Count(t => t == "ProcessExited"));
    }

    [Fact]
    public void One_bad_target_is_one_error_and_the_rest_are_watched()
    {
        dynamic container = Session.NewRunning();
        using RunningScript watch = Watch("'nobody', $c.Id | Watch-HcsEvent", (object)container);
        using Session other = Session.WithoutHost();
        other.Get("Stop-HcsContainer $c", ("c", container));
        watch.Wait();
        Assert.Equal("HcsSystemNotFound", Assert.Single(watch.Errors).FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(["SystemExited"], Events(watch).Select(e => (string)e.Type));
    }

    [Fact]
    public void AsJob_watches_in_the_background()
    {
        IReadOnlyList<PSObject> events = Session.Get(
            "$job = Watch-HcsEvent $c -AsJob; Suspend-HcsContainer $c; Resume-HcsContainer $c; Stop-HcsContainer $c;"
            + " $job | Wait-Job | Receive-Job",
            ("c", Session.NewRunning()));
        Assert.Equal(
            ["SystemPaused", "SystemResumed", "SystemExited"], events.Select(e => (string)((dynamic)e.BaseObject).Type));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_time_says_how_long_to_watch_and_its_end_is_no_error(int seconds)
    {
        dynamic container = Session.NewRunning();
        ScriptResult result = Session.Run(
            "Watch-HcsEvent $c -TimeoutSec $s -Verbose; 'went on'", ("c", container), ("s", seconds)).RequireNoErrors();
        Assert.Equal("went on", Assert.Single(result.Output).BaseObject);
        Assert.Contains(result.Verbose, v => v.EndsWith($"was watched for {seconds} s.", StringComparison.Ordinal));
        var job = (Job)Session.Single("Watch-HcsEvent $c -TimeoutSec $s -AsJob | Wait-Job");
        Assert.Equal(JobState.Completed, job.JobStateInfo.State);
        Assert.Equal("Running", Session.StateOf((string)container.Id));
    }

    [Fact]
    public void A_container_of_another_host_is_watched_there_and_another_host_is_refused()
    {
        using var other = new Session();
        dynamic container = other.NewRunning();
        Session.Run("Watch-HcsEvent $c -HcsHost $h", ("c", container), ("h", Session.HostName))
            .RequireError("HcsHostMismatch", ErrorCategory.InvalidArgument);
        using RunningScript watch = Watch("$c | Watch-HcsEvent", container);
        other.Get("Stop-HcsContainer $c", ("c", container));
        watch.Wait();
        Assert.Equal(["SystemExited"], Events(watch).Select(e => (string)e.Type));
    }

    /// <summary>Starts to watch, and returns when the command reports that it watches.</summary>
    private RunningScript Watch(
        string script, object container, int count = 1, params (string Name, object? Value)[] variables)
    {
        RunningScript watch = Session.Begin(
            script.Replace("Watch-HcsEvent", "Watch-HcsEvent -Verbose 4>&1", StringComparison.Ordinal),
            [("c", container), .. variables]);
        Poll.Until(() => Snapshot(watch).Count(IsWatching) == count, "the watching to begin");
        return watch;
    }

    private static bool IsWatching(object output) =>
        output is VerboseRecord said && said.Message.StartsWith("Watching", StringComparison.Ordinal);

    private static dynamic[] Events(RunningScript watch) => [.. Snapshot(watch).Where(o => o is not VerboseRecord)];

    private static IEnumerable<object> Snapshot(RunningScript watch) => watch.Output.Select(o => o.BaseObject);
}
