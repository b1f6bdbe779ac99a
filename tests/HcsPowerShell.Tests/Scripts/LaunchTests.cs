using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Scripts;

/// <summary>Tests that an editor starts the same program under the debugger as the tests.</summary>
public sealed class LaunchTests
{
    [Theory]
    [InlineData("unix")]
    [InlineData("win")]
    public void F5_starts_the_PowerShell_of_the_tests_with_the_staged_module(string system)
    {
        string file = Path.Combine(StagedModule.RepositoryRoot, ".vscode", "launch.json");
        using JsonDocument launch = JsonDocument.Parse(File.ReadAllText(file));
        JsonElement configuration = launch.RootElement.GetProperty("configurations")[0];
        JsonElement start = system == "win" ? configuration.GetProperty("windows") : configuration;
        string[] arguments = [.. start.GetProperty("args").EnumerateArray().Select(a => a.GetString()!)];

        string[] program = StagedModule.PackagedPowerShell.Split(['/', '\\'])[^7..];
        program[^2] = system;
        Assert.Equal("${userHome}/.nuget/packages/" + string.Join('/', program), arguments[0], StringComparer.Ordinal);
        string manifest = Path.GetRelativePath(StagedModule.RepositoryRoot, StagedModule.Manifest).Replace('\\', '/');
        Assert.Equal($"Import-Module '${{workspaceFolder}}/{manifest}'", arguments[^1], StringComparer.Ordinal);
    }
}
