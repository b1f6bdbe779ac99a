using System.Threading;
using Xunit;

namespace HcsPowerShell.Tests.Terminal;

/// <summary>Tests commands that wait, at the prompt of PowerShell.</summary>
public sealed class PromptTests
{
    [Theory]
    [InlineData("Wait-HcsContainer c", "1 of 1 left")]
    [InlineData("Invoke-HcsProcess c 'sleep 1000'")]
    [InlineData("Start-HcsProcess c 'sleep 1000' | Wait-HcsProcess", "1 of 1 left")]
    [InlineData("Get-HcsStatistics c -Continuous | Out-Null")]
    [InlineData("Watch-HcsEvent c")]
    [InlineData("Wait-HcsContainer c -AsJob | Wait-Job")]
    public void Ctrl_C_stops_the_command_and_nothing_else(string command, string progress = "")
    {
        using var prompt = new Prompt();
        prompt.Type($"Write-Host ('go' + 'ing'); {command}\r", "going\r\n");
        prompt.ReadUntil(progress);
        prompt.ReadUntilQuiet();
        prompt.Type(PseudoTerminal.CtrlC, Prompt.Text);
        prompt.Type("\"$((Get-HcsContainer c).State), $($Error.Count) errors\"\r", "Running, 0 errors\r\n");
        prompt.Type("exit 3\r", "\r\n");
        Assert.Equal(3, prompt.WaitForExit());
    }

    [Theory]
    [InlineData("Stop-HcsContainer c, d -Confirm", "Running Running")]
    [InlineData("'c', 'd' | Stop-HcsContainer -Confirm", "Running")]
    [InlineData("& { 'c'; Start-Sleep 1; 'd' } | Stop-HcsContainer -Confirm", "Running")]
    public void Ctrl_C_at_a_question_leaves_what_was_approved_to_go_on(string command, string left)
    {
        using var prompt = new Prompt();
        prompt.Type("$null = New-HcsContainer d -Start\r", Prompt.Text);
        prompt.Type(command + "\r", "(default is \"Y\"):");
        prompt.Type("y\r", "(default is \"Y\"):");
        prompt.BreakQuestion();
        prompt.Type(
            "foreach ($n in 1..50) { $s = (Get-HcsContainer).State; if (\"$s\" -eq '" + left + "') { break }; Start-Sleep 0.1 };"
                + " \"left: $s\"\r",
            $"left: {left}\r\n");
        prompt.Type("exit 3\r", "\r\n");
        Assert.Equal(3, prompt.WaitForExit());
    }

    [Fact]
    public void Ctrl_C_stops_the_waiting_for_running_stops_at_a_question()
    {
        using var prompt = new Prompt();
        prompt.Type(
            "$null = New-HcsContainer d -Start;"
                + " $null = Start-HcsProcess c -CommandArg sh, -c, 'trap \"\" TERM; while :; do sleep 1; done'\r",
            Prompt.Text);
        prompt.Type("Start-Sleep 1; 'c', 'd' | Stop-HcsContainer -Confirm\r", "(default is \"Y\"):");
        prompt.Type("y\r", "(default is \"Y\"):");
        prompt.BreakQuestion();
        prompt.Type("\"left: $((Get-HcsContainer).State)\"\r", "left: Running Running\r\n");
        prompt.Type("Stop-HcsContainer c -Force; \"left: $((Get-HcsContainer).Id)\"\r", "left: d\r\n");
    }

    [Fact]
    public void Ctrl_C_during_an_undoing_gives_the_prompt_back_and_the_undoing_goes_on()
    {
        using var prompt = new Prompt();
        prompt.Type(
            "$h = Connect-HcsHost -Embedded -PassThru -FaultPlan @{ Operation = 'Start'; HResult = '0x80004005' },"
                + " @{ Operation = 'Terminate'; DelaySec = 4 }\r",
            Prompt.Text);
        prompt.Type("Write-Host ('go' + 'ing'); $w = [Diagnostics.Stopwatch]::StartNew(); New-HcsContainer e -Start\r", "going\r\n");
        Thread.Sleep(1000);
        prompt.Type(PseudoTerminal.CtrlC, Prompt.Text);
        prompt.Type("\"in time: $($w.Elapsed.TotalSeconds -lt 4)\"\r", "in time: True\r\n");
        prompt.Type(
            "foreach ($n in 1..100) { $s = (Get-HcsContainer).Id; if (\"$s\" -eq 'c') { break }; Start-Sleep 0.1 }; \"left: $s\"\r",
            "left: c\r\n");
    }
}
