using System.IO;
using Xunit;

namespace HcsPowerShell.Shell.Tests;

public sealed class CommandLineTests(InstalledShell shell)
{
    private const string ShowParameters =
        "param([string] $Name, [switch] $Fast, [int] $Count, [string[]] $Rest) \"$Name|$Fast|$Count|$Rest|$args\"";

    [Theory]
    [InlineData("-Name a -Fast -Count 3", "a|True|3||")]
    [InlineData("a 3 r", "a|False|3|r|")]
    [InlineData("-Fast:$false a -Count:4", "a|False|4||")]
    [InlineData("-Fast:$true -Name: b", "b|True|0||")]
    [InlineData("-Name $true", "$true|False|0||")]
    public void A_script_gets_its_arguments(string arguments, string output)
    {
        string script = shell.Script($"parameters {arguments.Length}.ps1", ShowParameters);

        Assert.Equal(output + "\n", shell.Run([script, .. arguments.Split(' ')]).Output);
        Assert.Equal(output + "\n", shell.Run(["-NoProfile", "-File", script, .. arguments.Split(' ')]).Output);
    }

    [Fact]
    public void An_argument_that_does_not_bind_is_an_error()
    {
        ShellResult result = shell.Run(shell.Script("unbound.ps1", ShowParameters), "-Count", "many");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("'Count'", result.Error, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_knows_its_path()
    {
        string script = shell.Script("where am I.ps1", "$PSCommandPath; $MyInvocation.MyCommand.Path");

        Assert.Equal($"{script}\n{script}\n", shell.Run(script).Output);
    }

    [Theory]
    [InlineData("-Bogus")]
    [InlineData("no such.ps1")]
    [InlineData("-File")]
    [InlineData("-Command")]
    [InlineData("-ExecutionPolicy", "Never")]
    [InlineData("-WorkingDirectory")]
    public void A_wrong_command_line_gets_the_usage(params string[] arguments)
    {
        ShellResult result = shell.Run(arguments);

        Assert.Equal(64, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains("Usage:", result.Error, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Help_and_version_are_output()
    {
        Assert.Contains("Usage:", shell.Run("-?").Output, System.StringComparison.Ordinal);
        Assert.StartsWith("PowerShell 7.", shell.Run("-Version").Output, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Words_after_command_are_one_text() =>
        Assert.Equal("a b\n", shell.Run("-NoLogo", "-c", "'a", "b'").Output);

    [Fact]
    public void The_working_directory_is_where_the_session_starts()
    {
        string folder = Directory.CreateDirectory(Path.Combine(shell.Folder, "start here")).FullName;

        Assert.Equal(folder + "\n", shell.Run("-wd", folder, "-c", "\"$PWD\"").Output);
    }

    [Fact]
    public void An_encoded_command_runs()
    {
        string text = System.Convert.ToBase64String(System.Text.Encoding.Unicode.GetBytes("'é'"));

        Assert.Equal("é\n", shell.Run("-e", text).Output);
    }
}
