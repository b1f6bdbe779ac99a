using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace HcsPowerShell.Mutants;

/// <summary>Builds a test project of a working copy and runs the tests that a filter selects.</summary>
internal static partial class TestRun
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    /// <returns>The outcome, and the name of the first test that failed or the end of the output.</returns>
    public static (Outcome Outcome, string[] Lines) Of(string folder, string project, string[] tests)
    {
        // Warnings about the wrong code do not matter, and analyzers take time.
        (int? built, string output) = Run(folder, "dotnet", [
            "build", Path.Combine("tests", project), "-v:q", "-nologo", "-p:TreatWarningsAsErrors=false",
            "-p:RunAnalyzers=false", "-p:EnforceCodeStyleInBuild=false"]);
        if (built != 0)
        {
            return (Outcome.DoesNotBuild, [.. output.Split('\n').Where(line => line.Contains("error", StringComparison.Ordinal))]);
        }

        string runner = Path.Combine(folder, "tests", project, "bin", "Debug", "net10.0", project);
        (int? ran, output) = Run(folder, runner, [.. tests, "-noColor", "-stopOnFail"]);
        string[] failed = [.. output.Split('\n').Where(line => line.TrimEnd().EndsWith("[FAIL]", StringComparison.Ordinal))
            .Select(line => line.Trim())];
        Match total = Total().Match(output);
        return ran is null ? (Outcome.Hangs, failed)
            : !output.Contains("  Starting: ", StringComparison.Ordinal) ? (Outcome.NoTest, [output.Trim()])
            : !total.Success ? (Outcome.Ends, [.. output.TrimEnd().Split('\n').TakeLast(5)])
            : int.Parse(total.Groups[1].Value, CultureInfo.InvariantCulture) == 0 ? (Outcome.NoTest, [])
            : ran == 0 ? (Outcome.Passes, [])
            : (Outcome.Fails, failed);
    }

    [GeneratedRegex(@"Total: (\d+), Errors: \d+, Failed: \d+, Skipped: \d+")]
    private static partial Regex Total();

    private static (int? ExitCode, string Output) Run(string folder, string program, string[] arguments)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,

                // A test that waits in vain because of the change must fail soon.
                Environment = { ["HCSPOWERSHELL_TEST_LIMIT"] = "20" },
            },
        };
        var output = new StringBuilder();
        void Take(object sender, DataReceivedEventArgs line)
        {
            lock (output)
            {
                output.Append(line.Data).Append('\n');
            }
        }

        process.OutputDataReceived += Take;
        process.ErrorDataReceived += Take;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        bool isOver = process.WaitForExit(s_limit);
        if (!isOver)
        {
            process.Kill(entireProcessTree: true);
        }

        // A program that the tests left behind may hold the pipe, so the wait for its output has a limit.
        process.WaitForExit(TimeSpan.FromSeconds(1));
        lock (output)
        {
            return (isOver ? process.ExitCode : null, output.ToString());
        }
    }
}
