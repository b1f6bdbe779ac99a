using System;
using Xunit;

namespace HcsPowerShell.Shell.Tests;

public sealed class MissingCommandTests(InstalledShell shell)
{
    [Theory]
    [InlineData("1..2 | Select-Object -First 1", "Select-Object", "Utility")]
    [InlineData("1..2 | select -First 1", "Select-Object", "Utility")]
    [InlineData("Write-Host x", "Write-Host", "Utility")]
    [InlineData("gc x", "Get-Content", "Management")]
    [InlineData("get-item x", "get-item", "Management")]
    public void The_engines_error_is_followed_by_one_hint(string command, string name, string module)
    {
        ShellResult result = shell.Run("-c", command);

        string hint = $"{name} is part of PowerShell's Microsoft.PowerShell.{module} module, which this console does not"
            + " include; run the line in PowerShell 7 (pwsh) to use it.\n";
        Assert.Contains($"The term '{name}' is not recognized", result.Error, StringComparison.Ordinal);
        Assert.EndsWith(hint, result.Error, StringComparison.Ordinal);
        Assert.Equal(2, result.Error.Split(hint).Length);
        Assert.Empty(result.Output);
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public void What_follows_does_not_repeat_the_hint()
    {
        ShellResult result = shell.Run("-c", "Get-Item x; 'a'; No-SuchCommand; 'b'");

        Assert.Equal("a\nb\n", result.Output);
        Assert.Equal(2, result.Error.Split("is part of").Length);
    }

    [Theory]
    [InlineData("No-SuchCommand")]
    [InlineData("try { Select-Object } catch { 'caught' }; No-SuchCommand")]
    [InlineData("$ErrorActionPreference = 'Ignore'; Select-Object; $ErrorActionPreference = 'Continue'; No-SuchCommand")]
    public void Other_errors_have_no_hint(string command) =>
        Assert.DoesNotContain("is part of", shell.Run("-c", command).Error, StringComparison.Ordinal);

    [Fact]
    public void Every_command_in_the_list_is_missing()
    {
        string list = System.IO.Path.Combine(AppContext.BaseDirectory, "MissingCommands.txt");
        string script = shell.Script("listed.ps1", $$"""
            $count = 0
            foreach ($name in [IO.File]::ReadAllText('{{list}}') -split '\s+') {
                if ($name -like '*-*' -and (Get-Command $name -ErrorAction Ignore)) { "$name exists" }
                $count++
            }
            "$count names"
            """);

        Assert.Matches("^[23][0-9][0-9] names\n$", shell.Run(script).Output);
    }
}
