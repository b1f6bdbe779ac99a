using System;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class CloseHcsProcessTests(Session session) : SessionTests(session)
{
    [Fact]
    public void Its_pipes_close_and_the_process_goes_on()
    {
        dynamic process = Start("trap '' PIPE; read x; exec sleep 100");
        Assert.Empty(Session.Get("$p | Close-HcsProcess"));
        Session.Run("'x' | Send-HcsProcessInput $p").RequireError("HcsNoPipe", ErrorCategory.InvalidOperation);
        Session.Run("Receive-HcsProcessOutput $p").RequireError("HcsNoPipe", ErrorCategory.InvalidOperation);
        Assert.True(ProcessTable.IsAlive((int)(uint)process.ProcessId));
    }

    [Fact]
    public void A_later_wait_opens_it_again()
    {
        Start("read x; sleep 0.3; exit 7");
        Session.Get("Close-HcsProcess $p");
        Assert.Equal(7, (long)Session.Single("Wait-HcsProcess $p").ExitCode);
    }

    [Fact]
    public void After_the_exit_the_output_goes_and_the_exit_code_stays()
    {
        dynamic process = Start("echo out; exit 3");
        Session.Get("$null = Wait-HcsProcess $p; Close-HcsProcess $p.ContainerId $p.ProcessId");
        Session.Run("Receive-HcsProcessOutput $p").RequireError("HcsNoPipe", ErrorCategory.InvalidOperation);
        Assert.Equal(3, (long)process.ExitCode);
    }

    [Fact]
    public void WhatIf_closes_nothing()
    {
        Start("echo out");
        Session.Get("Close-HcsProcess $p -WhatIf");
        Assert.Equal("out", Session.Single("Receive-HcsProcessOutput $p -Wait"));
    }

    [Fact]
    public void PassThru_gives_the_process()
    {
        dynamic process = Start("sleep 100");
        Assert.Same((object)process, Session.Single("Close-HcsProcess $p -PassThru"));
    }

    [Fact]
    public void Nothing_to_close_is_no_error_among_good_ones()
    {
        Start("echo out");
        ScriptResult result = Session.Run(
            "Close-HcsProcess $p.ContainerId 4000000000, $p.ProcessId -Verbose; $p | Close-HcsProcess -Verbose").RequireNoErrors();
        Assert.Equal(2, result.Verbose.Count(v => v.StartsWith("This session holds no handle", StringComparison.Ordinal)));
    }

    private object Start(string script) => Session.Single(
        "$p = Start-HcsProcess $c -CommandArg sh, -c, $s -CreateStdInPipe -CreateStdOutPipe; $p",
        ("c", Session.NewRunning()), ("s", script));
}
