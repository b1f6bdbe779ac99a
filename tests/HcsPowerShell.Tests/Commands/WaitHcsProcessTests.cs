using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class WaitHcsProcessTests(Session session) : SessionTests(session)
{
    [Theory]
    [InlineData("$null = Wait-HcsProcess $p")]
    [InlineData("$null = Stop-HcsProcess $p")]
    public void An_object_whose_handle_was_closed_learns_its_exit_from_the_next_wait(string command)
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "end");
        Session.Get(
            "$p = Start-HcsProcess $c -CommandArg sh, -c, $s; Close-HcsProcess $p",
            ("c", (object)Session.NewRunning()),
            ("s", $"until [ -e {file} ]; do sleep 0.05; done"));
        Assert.Null(Session.Get("$p.ExitCode").Single());
        int handles = Session.Ledger.Handles.Count;
        using RunningScript ending = Session.Begin(command);
        Poll.Until(() => Session.Ledger.Handles.Count > handles, "the process to be opened");
        File.WriteAllText(file, string.Empty);
        ending.Wait();
        Assert.Empty(ending.Errors);
        Assert.True((bool)Session.Single("$p.HasExited"));
        Assert.NotNull(Session.Get("$p.ExitCode").Single());
    }

    [Fact]
    public void It_returns_the_exit_code_and_how_long_the_process_ran()
    {
        dynamic process = Session.StartProcess(Session.NewRunning(), "sh", "-c", "sleep 0.2; exit 3");
        dynamic result = Session.Single("$p | Wait-HcsProcess", ("p", process));
        Assert.Equal(3, (long)result.ExitCode);
        Assert.Equal((uint)process.ProcessId, (uint)result.ProcessId);
        Assert.Equal((string)process.ContainerId, (string)result.ContainerId);
        Assert.Equal("sh -c sleep 0.2; exit 3", (string)result.CommandLine);
        Assert.InRange((TimeSpan)result.Duration, TimeSpan.FromSeconds(0.2), TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 255", 255)]
    [InlineData("exit 300", 44)]
    [InlineData("kill -9 $$", 137)]
    [InlineData("kill -TERM $$", 143)]
    public void The_exit_code_is_the_systems_and_a_signal_is_128_more_than_its_number(string script, long code)
    {
        dynamic process = Session.StartProcess(Session.NewRunning(), "sh", "-c", script);
        Assert.Equal(code, (long)Session.Single("Wait-HcsProcess $p", ("p", process)).ExitCode);
    }

    [Fact]
    public void A_late_waiter_gets_it_too_by_object_and_by_ids()
    {
        dynamic process = Session.StartProcess(Session.NewRunning(), "sh", "-c", "exit 5");
        Poll.Until(() => (bool)process.HasExited, "the process to exit");
        Assert.Equal(5, (long)Session.Single("$p | Wait-HcsProcess -TimeoutSec 0", ("p", process)).ExitCode);
        Assert.Equal(5, (long)Session.Single("Wait-HcsProcess $p.ContainerId $p.ProcessId").ExitCode);
        Assert.Equal(5, (long)Session.Single("$p | Wait-HcsProcess", ("p", Deserialized(process))).ExitCode);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Running_out_of_time_is_an_error_that_ends_nothing(int seconds)
    {
        dynamic process = Session.StartProcess(Session.NewRunning(), "sleep", "100");
        ScriptResult result = Session.Run("Wait-HcsProcess $p -TimeoutSec $s; 'went on'", ("p", process), ("s", seconds));
        result.RequireError("HcsOperationTimeout", ErrorCategory.OperationTimeout);
        Assert.Equal("went on", result.Output.Single().BaseObject);
        Assert.True(ProcessTable.IsAlive((int)(uint)process.ProcessId));
    }

    [Fact]
    public void Any_ends_with_the_first_that_exits()
    {
        dynamic container = Session.NewRunning();
        dynamic stays = Session.StartProcess(container, "sleep", "100");
        dynamic goes = Session.StartProcess(container, "sh", "-c", "exit 4");
        Assert.Equal(4, (long)Session.Single("$a, $b | Wait-HcsProcess -Any", ("a", stays), ("b", goes)).ExitCode);
        Assert.False((bool)stays.HasExited);
    }

    [Fact]
    public void Many_are_waited_for_at_once()
    {
        dynamic container = Session.NewRunning();
        IReadOnlyList<PSObject> results = Session.Get(
            "$p = 1..20 | ForEach-Object { Start-HcsProcess $c -CommandArg sh, -c, \"exit $_\" }; $p | Wait-HcsProcess",
            ("c", container));
        Assert.Equal(Enumerable.Range(1, 20).Select(n => (long)n), results.Select(r => (long)((dynamic)r.BaseObject).ExitCode).Order());
    }

    [Fact]
    public void One_bad_target_is_one_error_and_the_rest_are_waited_for()
    {
        dynamic process = Session.StartProcess(Session.NewRunning(), "sh", "-c", "exit 6");
        ScriptResult result = Session.Run("Wait-HcsProcess $p.ContainerId 4000000000, $p.ProcessId", ("p", process));
        result.RequireError("HcsElementNotFound", ErrorCategory.ObjectNotFound);
        Assert.Equal(6, (long)((dynamic)Assert.Single(result.Output).BaseObject).ExitCode);
    }

    [Fact]
    public void The_exit_of_the_container_ends_the_wait()
    {
        dynamic container = Session.NewRunning();
        dynamic process = Session.StartProcess(container, "sleep", "100");
        using RunningScript waiting = Session.Begin("Wait-HcsProcess $p", ("p", process));
        using var other = Session.WithoutHost();
        other.Get("Stop-HcsContainer $c -Force", ("c", container));
        waiting.Wait();
        Assert.Equal(137, (long)((dynamic)Assert.Single(waiting.Output).BaseObject).ExitCode);
    }
}
