using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using HcsPowerShell.Tests.Engine;
using HcsPowerShell.Tests.Terminal;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>
/// Tests that dotnet run starts PowerShell with the module, and passes the following arguments as its command line.
/// </summary>
public sealed class RunTests : IDisposable
{
    private const string Parameters = "param([string] $Name, [switch] $Fast, [int] $Count) \"$Name|$Fast|$Count\"";

    private static readonly string s_project = Path.Combine(StagedModule.RepositoryRoot, "src", "HcsPowerShell");

    private readonly TemporaryFolder _folder = new();

    public RunTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "The links of this test are those of Linux.");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Dotnet_run_passes_what_follows_the_dashes()
    {
        string script = _folder.Write("a script.ps1", Parameters + "; exit 5");
        Assert.Equal(
            (5, "x y|True|3\n", ""),
            DotNet.Run(["run", "--no-build", "--project", s_project, "--", script, "-Count", "3", "-Name", "x y", "-Fast"]));
    }

    [Theory]
    [InlineData("x y|True|3", "-Count", "3", "-Name", "x y", "-Fast")]
    [InlineData("a|False|0", "a")]
    [InlineData("b|False|4", "-Fast:$false", "-Name:b", "-Count:4")]
    public void A_script_gets_its_parameters_by_name(string output, params string[] arguments)
    {
        string script = _folder.Write("a script.ps1", Parameters);
        Assert.Equal((0, output + "\n", ""), Run(StagedModule.PowerShell, [script, .. arguments]));
    }

    [Theory]
    [InlineData("exit 5", 5)]
    [InlineData("exit", 0)]
    [InlineData("throw 'x'", 1)]
    public void The_exit_code_is_that_of_the_script(string script, int exitCode) =>
        Assert.Equal(exitCode, Run(StagedModule.PowerShell, [_folder.Write("code.ps1", script)]).ExitCode);

    [Fact]
    public void A_command_has_the_module_as_it_was_built_and_the_modules_of_PowerShell()
    {
        const string Command =
            "foreach ($c in 'Get-HcsHost', 'Select-Object', 'Compress-Archive', 'Start-ThreadJob') { (Get-Command $c).Module.Path }";
        string[] paths = Run(["-Command", Command]).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, paths.Length);
        Assert.Equal(Path.Combine(StagedModule.Folder, "HcsPowerShell.dll"), paths[0]);
        string own = Path.Combine(Path.GetDirectoryName(StagedModule.PackagedPowerShell)!, "Modules");
        Assert.All(paths[1..], path => Assert.StartsWith(own, path, StringComparison.Ordinal));
    }

    [Fact]
    public void An_installed_module_does_not_take_the_place_of_the_one_that_was_built()
    {
        string installed = Directory.CreateDirectory(
            Path.Combine(_folder.Path, "powershell", "Modules", "HcsPowerShell", "9.0.0")).FullName;
        File.WriteAllText(
            Path.Combine(installed, "HcsPowerShell.psd1"), "@{ ModuleVersion = '9.0.0'; CmdletsToExport = 'Get-HcsHost' }");
        string output = Run(
            ["-Command", "(Get-Command Get-HcsHost).Module.ModuleBase"], ("XDG_DATA_HOME", _folder.Path)).Output;
        Assert.Equal(StagedModule.Folder + "\n", output);
    }

    [Fact]
    public void Without_arguments_it_prompts_and_the_module_is_there()
    {
        using var terminal = new PseudoTerminal(["run", "--no-build", "--project", s_project], width: 99, height: 33);
        terminal.ReadUntil("PS ");
        terminal.Type("(Get-Command Get-HcsHost).Module.Name + '!'\r", "HcsPowerShell!\r\n");
        terminal.Type("exit 6\r", "\r\n");
        Assert.Equal(6, terminal.WaitForExit());
    }

    [Fact]
    public void Everything_may_lie_in_folders_with_a_space()
    {
        string repository = Path.Combine(_folder.Path, "the repository");
        Directory.CreateSymbolicLink(repository, StagedModule.RepositoryRoot);
        string here = Directory.CreateDirectory(Path.Combine(_folder.Path, "a folder")).FullName;
        File.WriteAllText(Path.Combine(here, "my script.ps1"), "\"$PWD\"; (Get-HcsHost).Kind; exit 5");
        (int exitCode, string output, _) = DotNet.Run(
            ["run", "--no-build", "--project", Path.Combine(repository, "src", "HcsPowerShell"), "--", "my script.ps1"],
            here,
            ("HCS_HOST", "embedded"));
        Assert.Equal($"{here}\nEmbedded\n", output);
        Assert.Equal(5, exitCode);
    }

    [Fact]
    public void Without_ICU_it_runs_in_the_mode_that_dotnet_runs_in() => Assert.Equal(
        "True\n",
        Run(
            ["-Command", "[cultureinfo]::CurrentCulture.Equals([cultureinfo]::InvariantCulture)"],
            ("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1")).Output);

    [Theory]
    [InlineData("Unix", "unix", "/run")]
    [InlineData("Windows_NT", "win", "/run.cmd")]
    public void The_system_chooses_the_PowerShell(string system, string folder, string command)
    {
        (_, string output, _) = DotNet.Run(
            ["msbuild", s_project, "-getProperty:RunCommand,RunArguments,PowerShellVersion", $"-p:OS={system}"]);
        Dictionary<string, string> properties = JsonDocument.Parse(output).RootElement.GetProperty("Properties")
            .EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);
        Assert.EndsWith(command, properties["RunCommand"], StringComparison.Ordinal);
        Assert.Matches(
            $"^exec \".+/powershell/{properties["PowerShellVersion"]}/tools/net10\\.0/any/{folder}/pwsh\\.dll\" -NoProfile$",
            properties["RunArguments"]);
    }

    // The command line that dotnet run makes of its arguments, without MSBuild, which takes longer than PowerShell.
    private static (int ExitCode, string Output, string Error) Run(
        string[] arguments, params (string Name, string Value)[] environment) =>
        Run(StagedModule.PackagedPowerShell, arguments, environment);

    // The PowerShell compiled ahead begins faster, for what does not depend on the folder of PowerShell.
    private static (int ExitCode, string Output, string Error) Run(
        string powerShell, string[] arguments, params (string Name, string Value)[] environment) => DotNet.Run(
        Path.Combine(s_project, "run"),
        ["exec", powerShell, "-NoProfile", .. arguments],
        workingDirectory: null,
        environment);
}
