using System.IO;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Scripts;

/// <summary>The Pester suites, where PowerShell and Pester are installed.</summary>
public sealed class PesterTests
{
    [Fact]
    public void Every_suite_passes_in_PowerShell()
    {
        Pwsh.Require("Pester");
        PwshResult run = Pwsh.Run(new PwshStart(
            "-File", Path.Combine(StagedModule.RepositoryRoot, "build.ps1"), "-Task", "Pester"));
        Assert.True(run.ExitCode == 0, run.All);
        Assert.Matches(@"Tests Passed: [1-9]\d*, Failed: 0\b", run.All);
    }
}
