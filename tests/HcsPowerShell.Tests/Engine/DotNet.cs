using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using Xunit.Sdk;

namespace HcsPowerShell.Tests.Engine;

/// <summary>The dotnet that runs the tests.</summary>
public static class DotNet
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);

    public static string Program => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Runs a command of the SDK to its end, and returns the exit code and each output stream.</summary>
    public static (int ExitCode, string Output, string Error) Run(
        string[] arguments, string? workingDirectory = null, params (string Name, string Value)[] environment) =>
        Run(Program, arguments, workingDirectory, environment);

    /// <summary>Runs a program that starts dotnet to its end, and returns the exit code and each output stream.</summary>
    public static (int ExitCode, string Output, string Error) Run(
        string program, string[] arguments, string? workingDirectory, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? StagedModule.RepositoryRoot,
        };

        // A build server that keeps running would hold the pipes open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["NO_COLOR"] = "1";
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        using StreamReader outputReader = process.StandardOutput;
        using StreamReader errorReader = process.StandardError;
        Task<string> output = outputReader.ReadToEndAsync();
        Task<string> error = errorReader.ReadToEndAsync();
        if (!Task.WaitAll([output, error, process.WaitForExitAsync()], s_limit))
        {
            process.Kill(entireProcessTree: true);
            throw new XunitException(string.Create(
                CultureInfo.InvariantCulture, $"{program} {arguments[0]} took longer than {s_limit.TotalSeconds} s."));
        }

        return (process.ExitCode, output.Result, error.Result);
    }
}
