using System;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class ResizeHcsConsoleTests(Session session) : SessionTests(session)
{
    [Theory]
    [InlineData("$p | Resize-HcsConsole -Width 80 -Height 25 -PassThru")]
    [InlineData("Resize-HcsConsole -ContainerId $p.ContainerId -ProcessId $p.ProcessId -Width 80 -Height 25 -PassThru")]
    public void A_process_without_a_console_is_refused(string script)
    {
        dynamic process = Session.StartProcess(Session.NewRunning(), "sleep", "100");
        ScriptResult result = Session.Run(script, ("p", (object)process));
        ErrorRecord error = result.RequireError("HcsNotSupported", ErrorCategory.NotImplemented);
        Assert.Contains($"resize the console of process {process.ProcessId}", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void A_console_gets_another_size()
    {
        const string Script = "trap 'stty size' WINCH; stty size; while :; do sleep 0.05; done";
        object process = Session.Single(
            "Start-HcsProcess $c -CommandArg sh, -c, $s -EmulateConsole -ConsoleSize 30, 100 -CreateStdOutPipe",
            ("c", (object)Session.NewRunning()), ("s", Script));
        UntilWritten("30 100");
        Assert.Same(process, Session.Single("$p | Resize-HcsConsole -Width 132 -Height 43 -PassThru"));
        UntilWritten("43 132");
        Session.Run("Stop-HcsProcess $p -Confirm:$false; Wait-HcsProcess $p; Resize-HcsConsole $p -Width 80 -Height 25")
            .RequireError("HcsProcessAlreadyStopped", ErrorCategory.InvalidOperation);

        void UntilWritten(string line) => Poll.Until(
            () => Session.Get("Receive-HcsProcessOutput $p", ("p", process)).Any(l => (string)l.BaseObject == line), line);
    }

    [Fact]
    public void One_bad_target_is_an_error_of_its_own()
    {
        dynamic process = Session.StartProcess(Session.NewRunning(), "sleep", "100");
        ScriptResult result = Session.Run(
            "Resize-HcsConsole $p.ContainerId 4000000000, $p.ProcessId -Width 80 -Height 25", ("p", (object)process));
        Assert.Equal(
            ["HcsElementNotFound", "HcsNotSupported"], result.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
    }

    [Fact]
    public void WhatIf_asks_the_host_for_nothing() => Session.Get(
        "Resize-HcsConsole $p -Width 80 -Height 25 -WhatIf",
        ("p", Session.StartProcess(Session.NewRunning(), "sleep", "100")));

    [Theory]
    [InlineData("0", "25")]
    [InlineData("80", "65536")]
    public void A_size_out_of_range_is_refused(string width, string height) =>
        Assert.Single(Session.Run(
            $"Resize-HcsConsole $p -Width {width} -Height {height}",
            ("p", Session.StartProcess(Session.NewRunning(), "sleep", "100"))).Errors);
}
