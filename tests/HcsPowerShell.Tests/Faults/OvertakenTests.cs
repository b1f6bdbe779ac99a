using System;
using System.IO;
using System.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Faults;

/// <summary>
/// Ends whose exit is told before their calls end, through the commands and over the mocks of both libraries of Windows, in an
/// engine of their own. Wine runs the same script.
/// </summary>
public sealed class OvertakenTests
{
    private static readonly string s_mocks = BinOf("tests", "HcsPowerShell.Native.Tests");

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public void An_end_that_the_exit_overtakes_succeeds(string schema)
    {
        Assert.SkipUnless(File.Exists(Path.Combine(s_mocks, "libcomputecore.so")), "Needs a C compiler, for the mocks.");
        (int exitCode, string output, string error) = DotNet.Run(
            [
                Path.Combine(BinOf("tests", "wine", "EngineHost"), "EngineHost.dll"),
                StagedModule.Manifest,
                Path.Combine(StagedModule.RepositoryRoot, "tests", "wine", "overtaken.ps1"),
                "-Schema", schema,
            ],
            environment: ("HCSPOWERSHELL_MOCKS", s_mocks));
        Assert.Equal((0, string.Empty), (exitCode, error));
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([], lines.Where(line => line.StartsWith("not ok", StringComparison.Ordinal)));
        Assert.Equal("cmdlets: 4 passed, 0 failed", lines.Last());
    }

    // Every project is built in one configuration, for one framework.
    private static string BinOf(params string[] project)
    {
        string folder = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        string framework = Path.GetFileName(folder);
        string configuration = Path.GetFileName(Path.GetDirectoryName(folder)!);
        return Path.Combine([StagedModule.RepositoryRoot, .. project, "bin", configuration, framework]);
    }
}
