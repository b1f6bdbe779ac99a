using System;
using System.IO;
using System.Linq;
using Xunit;

namespace HcsPowerShell.Tests.Engine;

/// <summary>Runs scripts over the mocks of the Windows libraries: those of tests/wine in a separate engine.</summary>
internal static class MockedEngine
{
    private static readonly string s_mocks = BinOf("tests", "HcsPowerShell.Native.Tests");
    private static readonly string s_engineHost = Path.Combine(BinOf("tests", "wine", "EngineHost"), "EngineHost.dll");

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
        using var folder = new TemporaryFolder();
        Link(libraries, folder.Path);
        (int exitCode, string output, string error) = DotNet.Run(
            [
                s_engineHost,
                StagedModule.Manifest,
                Path.Combine(StagedModule.RepositoryRoot, "tests", "wine", script),
                .. arguments,
            ],
            environment: Environment(folder.Path, data));
        Assert.Equal((0, string.Empty), (exitCode, error));
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string wrong = string.Join('\n', lines.Where(line => !line.StartsWith("ok - ", StringComparison.Ordinal)).SkipLast(1));
        Assert.True(wrong.Length == 0, wrong);
        Assert.Equal($"cmdlets: {lines.Length - 1} passed, 0 failed", lines.Last());
        return lines.Length - 1;
    }

    /// <summary>Returns the start of PowerShell itself, with a script of a test.</summary>
    /// <param name="folder">A folder of the test, for the script and the mocks.</param>
    /// <param name="script">The script. The module is loaded, and the chosen host is the local one.</param>
    /// <param name="libraries">The libraries that exist.</param>
    public static PwshStart Shell(TemporaryFolder folder, string script, params string[] libraries)
    {
        Link(libraries, folder.Path);
        string file = folder.Write("mocked.ps1", $"""
            Import-Module HcsPowerShell
            Add-Type -Path '{s_engineHost}'
            [HcsPowerShell.Wine.Mock]::Resolve()
            $null = Connect-HcsHost -Local
            {script}
            """);
        return new PwshStart("-Command", $"& '{file}'") { Environment = Environment(folder.Path, folder.Path) };
    }

    private static (string Name, string Value)[] Environment(string mocks, string data) =>
        [("HCSPOWERSHELL_MOCKS", mocks), ("HCSPOWERSHELL_MOCK_DATA", data)];

    private static void Link(string[] libraries, string folder)
    {
        Assert.SkipUnless(File.Exists(PathOf(s_mocks, "computecore")), "Needs a C compiler, for the mocks.");
        foreach (string library in libraries)
        {
            File.CreateSymbolicLink(PathOf(folder, library), PathOf(s_mocks, library));
        }
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
