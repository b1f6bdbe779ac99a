using System.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>Tests that Invoke-HcsProcess loses nothing, however slow the pipeline behind it is.</summary>
public sealed class SlowConsumerTests(Session session) : SessionTests(session)
{
    [Fact]
    public void Output_written_while_the_pipeline_is_busy_arrives()
    {
        dynamic container = Session.NewRunning();
        string[] lines = [.. Session.Get(
            """
            Invoke-HcsProcess $c 'sh -c "echo header; sleep 0.2; seq 1 5"' | ForEach-Object {
                $_
                if ($_ -eq 'header') { [Threading.Thread]::Sleep(2000) }
            }
            """,
            ("c", container)).Select(line => (string)line.BaseObject)];
        Assert.Equal(["header", "1", "2", "3", "4", "5"], lines);
    }

    [Fact]
    public void What_a_child_holds_back_is_not_waited_for_and_said()
    {
        dynamic container = Session.NewRunning();
        ScriptResult result = Session.Run(
            "Invoke-HcsProcess $c 'sh -c \"(sleep 20; echo late) & echo started\"'", ("c", container));
        Assert.Equal(["started"], result.RequireNoErrors().Output.Select(line => (string)line.BaseObject));
        Assert.Contains(result.Warnings, line => line.Contains("still holds its output", System.StringComparison.Ordinal));
    }

    [Fact]
    public void A_child_that_is_left_behind_outlives_the_command_and_its_own_output()
    {
        using var folder = new TemporaryFolder();
        string script = $"(sleep 2; head -c 300000 /dev/zero && echo alive >{folder.Path}/child) & echo started";
        Session.Get(
            "Invoke-HcsProcess $c -CommandArg sh, -c, $s -WarningAction SilentlyContinue",
            ("c", Session.NewRunning()),
            ("s", script));
        Poll.Until(() => System.IO.File.Exists(folder.Path + "/child"), "the child to have written");
    }
}
