using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace HcsPowerShell.Tests.Scripts;

/// <summary>PowerShell itself, where it is installed; these tests need nothing but the .NET SDK otherwise.</summary>
public static class Pwsh
{
    private static readonly string? s_path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh"))
        .FirstOrDefault(File.Exists);

    /// <summary>Skips the test where pwsh is not on the PATH or lacks this module.</summary>
    public static void Require(string module)
    {
        bool found = s_path is not null && Run("-Command", $"[bool](Get-Module -ListAvailable {module})").Output.Trim() == "True";
        Assert.SkipUnless(found, $"Needs pwsh with {module}");
    }

    /// <summary>Runs it to its end; gives the exit code, and the two streams of output as one text.</summary>
    public static (int ExitCode, string Output) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(s_path!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in (string[])["-NoProfile", "-NonInteractive", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["NO_COLOR"] = "1";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
