using System.IO;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Scripts;

/// <summary>Tests every script of the repository with PSScriptAnalyzer, if PowerShell and it are installed.</summary>
public sealed class ScriptAnalyzerTests
{
    [Fact]
    public void It_finds_nothing()
    {
        Pwsh.Require("PSScriptAnalyzer");
        PwshResult run = Pwsh.Run(new PwshStart(
            "-File", Path.Combine(StagedModule.RepositoryRoot, "build.ps1"), "-Task", "Analyze"));
        Assert.True(run.ExitCode == 0, run.All);
    }
}
