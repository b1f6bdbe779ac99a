using System;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Contract;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class SendHcsProcessInputTests(Session session) : SessionTests(session)
{
    [Fact]
    public void Lines_go_in_and_Close_ends_the_input()
    {
        object process = StartCat(Session);
        Assert.Empty(Session.Get("'b', 'a' | Send-HcsProcessInput $p; Send-HcsProcessInput $p 'c', 'd' -Close", ("p", process)));
        Assert.Equal(["b", "a", "c", "d"], Received());
        Assert.Equal(0, (long)Session.Single("Wait-HcsProcess $p").ExitCode);
    }

    [Fact]
    public void A_process_is_named_by_its_ids_too()
    {
        object process = StartCat(Session);
        Session.Get("'x' | Send-HcsProcessInput -ContainerId $p.ContainerId -ProcessId $p.ProcessId -Close", ("p", process));
        Assert.Equal(["x"], Received());
    }

    [Fact]
    public void Bytes_stay_as_they_are()
    {
        object process = StartCat(Session);
        object bytes = Session.Single(
            "$b = [byte[]](0, 255, 10, 13, 200); Send-HcsProcessInput $p $b; ,$b | Send-HcsProcessInput $p -Close; "
            + "$all = Receive-HcsProcessOutput $p -Wait -AsByteStream | ForEach-Object { $_ }; [BitConverter]::ToString($all)",
            ("p", process));
        Assert.Equal("00-FF-0A-0D-C8-00-FF-0A-0D-C8", bytes);
    }

    [Fact]
    public void Text_is_written_in_the_encoding_asked_for()
    {
        object process = StartCat(Session);
        Session.Get("'\u00e9' | Send-HcsProcessInput $p -Encoding unicode -Close", ("p", process));
        Assert.Equal(["\u00e9"], Session.Get("Receive-HcsProcessOutput $p -Wait -Encoding unicode").Select(l => (string)l.BaseObject));
    }

    [Fact]
    public void PassThru_gives_the_process()
    {
        dynamic process = StartCat(Session);
        Assert.Equal(
            (uint)process.ProcessId, (uint)Session.Single("'x' | Send-HcsProcessInput $p -PassThru", ("p", (object)process)).ProcessId);
    }

    [Fact]
    public void WhatIf_writes_and_closes_nothing()
    {
        object process = StartCat(Session);
        Session.Get("'no' | Send-HcsProcessInput $p -Close -WhatIf; 'yes' | Send-HcsProcessInput $p -Close", ("p", process));
        Assert.Equal(["yes"], Received());
    }

    [Fact]
    public void Without_a_pipe_there_is_one_error_and_the_rest_get_the_input()
    {
        dynamic container = Session.NewRunning();
        ScriptResult result = Session.Run(
            "1..3 | Send-HcsProcessInput $bad, $p -Close",
            ("bad", Session.StartProcess(container, "sleep", "100")), ("p", StartCat(Session)));
        ErrorRecord error = result.RequireError("HcsNoPipe", ErrorCategory.InvalidOperation);
        Assert.Contains("no pipe to its standard input", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("-CreateStdInPipe", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(["1", "2", "3"], Received());
    }

    [Fact]
    public void A_process_of_another_session_has_no_pipe_here() =>
        Session.Run("'x' | Send-HcsProcessInput $c.Id 4000000000", ("c", Session.NewRunning()))
            .RequireError("HcsNoPipe", ErrorCategory.InvalidOperation);

    [Fact]
    public void What_has_exited_takes_no_input_and_closing_it_is_no_error()
    {
        object process = StartCat(Session);
        Session.Get("Stop-HcsProcess $p; Send-HcsProcessInput $p -Close", ("p", process));
        Session.Run("1..3 | Send-HcsProcessInput $p").RequireError("HcsProcessAlreadyStopped", ErrorCategory.InvalidOperation);
    }

    [Fact]
    public void What_has_exited_takes_no_input_though_another_process_holds_its_pipe()
    {
        object process = Session.Single(
            "Start-HcsProcess $c -CommandArg sh, -c, 'exec 3<&0; sleep 100 <&3 & exit 0' -CreateStdInPipe",
            ("c", (object)Session.NewRunning()));
        Session.Run("$null = Wait-HcsProcess $p; 'x' | Send-HcsProcessInput $p", ("p", process))
            .RequireError("HcsProcessAlreadyStopped", ErrorCategory.InvalidOperation);
    }

    [Fact]
    public void What_is_sent_after_the_close_is_an_error()
    {
        object process = Session.Single(
            "Start-HcsProcess $c -CommandArg sleep, 100 -CreateStdInPipe", ("c", Session.NewRunning()));
        Session.Run("Send-HcsProcessInput $p -Close; 'x' | Send-HcsProcessInput $p", ("p", process))
            .RequireError("HcsNoPipe", ErrorCategory.InvalidOperation);
    }

    [Fact]
    public void A_process_of_another_host_is_written_to_there_and_another_host_is_refused()
    {
        using var other = new Session();
        object process = StartCat(other);
        Session.Run("'no' | Send-HcsProcessInput $p -HcsHost $h", ("p", process), ("h", Session.HostName))
            .RequireError("HcsHostMismatch", ErrorCategory.InvalidArgument);
        Session.Get("'yes' | Send-HcsProcessInput $p -Close");
        Assert.Equal(["yes"], Received());
    }

    [Fact]
    public void A_write_that_nobody_reads_can_be_stopped()
    {
        object process = Session.Single(
            "Start-HcsProcess $c -CommandArg sleep, 100 -CreateStdInPipe", ("c", Session.NewRunning()));
        using RunningScript sending = Session.Begin("'ready'; ,[byte[]]::new(1MB) | Send-HcsProcessInput $p", ("p", process));
        sending.WaitForOutput(1);
        Assert.InRange(sending.Stop(), TimeSpan.Zero, Waits.Prompt);
    }

    private static object StartCat(Session session) => session.Single(
        "Start-HcsProcess $c -CommandArg cat -CreateStdInPipe -CreateStdOutPipe", ("c", session.NewRunning()));

    private string[] Received() =>
        [.. Session.Get("Receive-HcsProcessOutput $p -Wait").Select(line => (string)line.BaseObject)];
}
