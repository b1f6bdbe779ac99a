using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.ProcessIsolation;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Unix;

/// <summary>
/// The test executable as a host process that the test kills. It starts the scripts that follow its argument, prints
/// the one line that each script prints and the guardian's id, and waits.
/// </summary>
internal static class GuardianHost
{
    public const string Argument = "--guardian-host";

    /// <summary>Starts the host process.</summary>
    /// <param name="programs">The list to which the host process is added.</param>
    /// <param name="scripts">The scripts that the host process starts.</param>
    /// <returns>The host process, the ids that the scripts have printed, and the guardian's id.</returns>
    public static async Task<(Process Host, int[] Processes, int Guardian)> StartAsync(
        List<Process> programs, params string[] scripts)
    {
        ProcessStartInfo info = new(
            Path.Combine(AppContext.BaseDirectory, "HcsPowerShell.Embedded.Tests"), [Argument, .. scripts])
        {
            RedirectStandardOutput = true,
        };
        Process host = Process.Start(info)!;
        programs.Add(host);
        List<int> ids = [];
        for (int i = 0; i <= scripts.Length; i++)
        {
            string? line = await host.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().Within();
            ids.Add(int.Parse(line!, null));
        }

        return (host, [.. ids.SkipLast(1)], ids[^1]);
    }

    // Runs before the test runner's entry point, which would not know the argument.
    [ModuleInitializer]
    internal static void RunIfAsked()
    {
        string[] arguments = Environment.GetCommandLineArgs();
        int at = Array.IndexOf(arguments, Argument);
        if (at >= 0)
        {
            Run(arguments.AsSpan(at + 1));
        }
    }

    private static void Run(ReadOnlySpan<string> scripts)
    {
        LinuxProcessIsolation isolation = new();
        ISandbox sandbox = isolation.CreateSandbox("host", new ContainerConfig());
        List<ISandboxProcess> processes = [];
        foreach (string script in scripts)
        {
            ISandboxProcess process = sandbox.Start(UnixTest.Shell(script) with { StandardOutput = true });
            processes.Add(process);
            Console.WriteLine(new StreamReader(process.StandardOutput!).ReadLine());
        }

        Console.WriteLine(isolation.GuardianProcessId);
        Thread.Sleep(Timeout.Infinite);
        GC.KeepAlive(processes);
    }
}
