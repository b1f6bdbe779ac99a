using Xunit;

namespace HcsPowerShell.Tests.Terminal;

/// <summary>Commands that wait, at the prompt of PowerShell.</summary>
public sealed class PromptTests
{
    private const string CtrlC = "\x03";

    [Theory]
    [InlineData("Wait-HcsContainer c")]
    [InlineData("Invoke-HcsProcess c 'sleep 1000'")]
    [InlineData("Start-HcsProcess c 'sleep 1000' | Wait-HcsProcess")]
    [InlineData("Get-HcsStatistics c -Continuous | Out-Null")]
    [InlineData("Watch-HcsEvent c")]
    [InlineData("Wait-HcsContainer c -AsJob | Wait-Job")]
    public void Ctrl_C_stops_the_command_and_nothing_else(string command)
    {
        using var prompt = new Prompt();
        prompt.Type($"Write-Host ('go' + 'ing'); {command}\r", "going\r\n");
        prompt.Type(CtrlC, Prompt.Text);
        prompt.Type("\"$((Get-HcsContainer c).State), $($Error.Count) errors\"\r", "Running, 0 errors\r\n");
        prompt.Type("exit 3\r", "\r\n");
        Assert.Equal(3, prompt.WaitForExit());
    }
}
