using System;
using System.Diagnostics;
using System.IO;
using System.Reflection;
using System.Threading.Tasks;
using Xunit;

namespace HcsPowerShell.Contract;

/// <summary>
/// Runs a test in a process of its own, where it counts what the process uses, or changes it, while other tests run.
/// </summary>
public static class OwnProcess
{
    private const string Variable = "HCSPOWERSHELL_TEST_PROCESS";

    /// <summary>The name that the process was given; null outside such a process.</summary>
    public static string? Name => Environment.GetEnvironmentVariable(Variable);

    /// <summary>Runs the test that calls it in such a process, or the body when this is one.</summary>
    /// <param name="body">The test.</param>
    /// <param name="name">A name for the process.</param>
    /// <param name="starter">A command that starts the process, with its own arguments.</param>
    public static async Task RunAsync(Func<Task> body, string name, params string[] starter)
    {
        if (Name is not null)
        {
            await body();
            return;
        }

        string test = $"{TestContext.Current.TestClass!.TestClassName}.{TestContext.Current.TestMethod!.MethodName}";
        string[] command =
        [
            .. starter,
            Path.Combine(AppContext.BaseDirectory, Assembly.GetEntryAssembly()!.GetName().Name!),
            "-method", test, "-noColor", "-noLogo",
        ];
        ProcessStartInfo info = new(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment[Variable] = name;
        using Process process = Process.Start(info)!;
        using StreamReader standardOutput = process.StandardOutput;
        using StreamReader standardError = process.StandardError;
        try
        {
            Task<string> error = standardError.ReadToEndAsync();
            string output = await standardOutput.ReadToEndAsync().Within(Waits.LimitOfProcess);
            await process.WaitForExitAsync().Within();
            Assert.True(process.ExitCode == 0, output + await error);
            Assert.Matches(@"Total: [1-9]\d*, Errors: 0, Failed: 0, Skipped: 0", output);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
