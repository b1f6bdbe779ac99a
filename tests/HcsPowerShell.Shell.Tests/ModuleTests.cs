using System;
using System.IO;
using Xunit;

namespace HcsPowerShell.Shell.Tests;

public sealed class ModuleTests(InstalledShell shell)
{
    [Fact]
    public void The_module_is_imported_and_its_folder_is_on_the_module_path()
    {
        ShellResult result = shell.Run(
            "-c", "(Get-Module HcsPowerShell).ModuleBase; $env:PSModulePath.Split([IO.Path]::PathSeparator)[0]; $Error.Count");

        Assert.Equal($"{shell.ModuleFolder}\n{Path.GetDirectoryName(shell.ModuleFolder)}\n0\n", result.Output);
    }

    [Fact]
    public void The_shell_runs_again_and_again()
    {
        for (int run = 0; run < 2; run++)
        {
            Assert.Equal(new ShellResult(0, "x\n", ""), shell.Run("-c", "'x'"));
        }
    }

    [Fact]
    public void A_missing_module_is_one_clear_line()
    {
        using var lonely = new InstalledShell();
        Directory.Delete(lonely.ModuleFolder, recursive: true);

        ShellResult result = lonely.Run("-c", "'x'");

        Assert.Equal(70, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Equal(1, result.Error.AsSpan().Count('\n'));
        Assert.Contains("module is missing", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_that_does_not_load_is_an_error()
    {
        using var broken = new InstalledShell();
        File.WriteAllText(Path.Combine(broken.ModuleFolder, "HcsPowerShell.psd1"), "@{");

        ShellResult result = broken.Run("-c", "'x'");

        Assert.Equal(70, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains("HcsPowerShell.psd1", result.Error, StringComparison.Ordinal);
    }
}
