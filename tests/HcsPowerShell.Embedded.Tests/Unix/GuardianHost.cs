using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading;
using HcsPowerShell.Embedded.Isolation;
using HcsPowerShell.Embedded.Isolation.Unix;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Tests.Unix;

/// <summary>
/// The test executable as the process that is killed: with its argument it starts what the scripts after it say, prints
/// the guardian's id and the one line each script prints, and waits.
/// </summary>
internal static class GuardianHost
{
    public const string Argument = "--guardian-host";

    // Before the test runner's own entry point, which would not know the argument.
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
        UnixProcessIsolation isolation = new();
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
