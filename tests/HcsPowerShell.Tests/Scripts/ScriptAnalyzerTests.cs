using System.IO;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Scripts;

/// <summary>Every script of the repository under PSScriptAnalyzer, where PowerShell and it are installed.</summary>
public sealed class ScriptAnalyzerTests
{
    [Fact]
    public void It_finds_nothing()
    {
        Pwsh.Require("PSScriptAnalyzer");
        (int exitCode, string output) = Pwsh.Run(
            "-File", Path.Combine(StagedModule.RepositoryRoot, "build.ps1"), "-Task", "Analyze");
        Assert.True(exitCode == 0, output);
    }
}
