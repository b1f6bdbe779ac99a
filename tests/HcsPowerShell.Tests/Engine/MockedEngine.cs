using System;
using System.IO;
using System.Linq;
using Xunit;

namespace HcsPowerShell.Tests.Engine;

/// <summary>Runs a script of tests/wine in a separate engine, over the mocks of the Windows libraries.</summary>
internal static class MockedEngine
{
    private static readonly string s_mocks = BinOf("tests", "HcsPowerShell.Native.Tests");

    /// <summary>Requires every check of the script to pass, and returns their number.</summary>
    /// <param name="script">The name of the script.</param>
    /// <param name="libraries">The libraries that exist.</param>
    /// <param name="arguments">The names and values of the script's parameters.</param>
    public static int Run(string script, string[] libraries, params string[] arguments)
    {
        using var data = new TemporaryFolder();
        return RunWith(data.Path, script, libraries, arguments);
    }

    /// <summary>The same with a folder that stands for <c>%ProgramData%</c>.</summary>
    /// <param name="data">The folder.</param>
    /// <param name="script">The name of the script.</param>
    /// <param name="libraries">The libraries that exist.</param>
    /// <param name="arguments">The names and values of the script's parameters.</param>
    public static int RunWith(string data, string script, string[] libraries, params string[] arguments)
    {
        Assert.SkipUnless(File.Exists(PathOf(s_mocks, "computecore")), "Needs a C compiler, for the mocks.");
        using var folder = new TemporaryFolder();
        foreach (string library in libraries)
        {
            File.CreateSymbolicLink(PathOf(folder.Path, library), PathOf(s_mocks, library));
        }

        (int exitCode, string output, string error) = DotNet.Run(
            [
                Path.Combine(BinOf("tests", "wine", "EngineHost"), "EngineHost.dll"),
                StagedModule.Manifest,
                Path.Combine(StagedModule.RepositoryRoot, "tests", "wine", script),
                .. arguments,
            ],
            environment: [("HCSPOWERSHELL_MOCKS", folder.Path), ("HCSPOWERSHELL_MOCK_DATA", data)]);
        Assert.Equal((0, string.Empty), (exitCode, error));
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string wrong = string.Join('\n', lines.Where(line => !line.StartsWith("ok - ", StringComparison.Ordinal)).SkipLast(1));
        Assert.True(wrong.Length == 0, wrong);
        Assert.Equal($"cmdlets: {lines.Length - 1} passed, 0 failed", lines.Last());
        return lines.Length - 1;
    }

    private static string PathOf(string folder, string library) => Path.Combine(folder, $"lib{library}.so");

    // All projects are built in one configuration, for one framework.
    private static string BinOf(params string[] project)
    {
        string folder = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        string framework = Path.GetFileName(folder);
        string configuration = Path.GetFileName(Path.GetDirectoryName(folder)!);
        return Path.Combine([StagedModule.RepositoryRoot, .. project, "bin", configuration, framework]);
    }
}
