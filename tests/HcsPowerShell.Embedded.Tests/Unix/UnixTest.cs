using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.ProcessIsolation;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Unix;

/// <summary>
/// Base class with a sandbox for shell commands; all its processes are killed at the end of the test.
/// </summary>
public abstract class UnixTest : IDisposable
{
    private readonly LinuxProcessIsolation _isolation;

    private protected UnixTest(bool usePidfd = true)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Isolation Process as Linux has it.");
        _isolation = new LinuxProcessIsolation(usePidfd);
        Sandbox = _isolation.CreateSandbox("test", new ContainerConfig());
    }

    private protected LinuxProcessIsolation Isolation => _isolation;

    private protected ISandbox Sandbox { get; }

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Programs that are killed when the test ends, however far it has come.</summary>
    private protected List<Process> Programs { get; } = [];

    public void Dispose()
    {
        foreach (Process program in Programs)
        {
            program.Kill();
            program.Dispose();
        }

        // Null if the test was skipped.
        _isolation?.Dispose();
        GC.SuppressFinalize(this);
    }

    internal static ProcessPlan Command(string executable, params string[] arguments) => new()
    {
        Executable = executable,
        Arguments = [Path.GetFileName(executable), .. arguments],
        CommandLine = string.Empty,
        WorkingDirectory = "/",
        Environment = new Dictionary<string, string> { ["PATH"] = "/usr/local/bin:/usr/bin:/bin" },
    };

    internal static ProcessPlan Shell(string script) => Command("/bin/sh", "-c", script);

    private protected static async Task<string> ReadToEnd(Stream? stream)
    {
        using StreamReader reader = new(Assert.IsType<Stream>(stream, exactMatch: false), leaveOpen: true);
        return await reader.ReadToEndAsync(Token).Within();
    }

    private protected static Task<uint?> ExitOf(ISandboxProcess process) => process.ExitCodeAsync();

    /// <summary>Runs a script, and returns its output and exit code.</summary>
    private protected async Task<(string Output, uint? ExitCode)> Run(ProcessPlan start)
    {
        using ISandboxProcess process = Sandbox.Start(start with { StandardOutput = true });
        return (await ReadToEnd(process.StandardOutput), await ExitOf(process));
    }

    internal static Task Eventually(Func<bool> condition, string what) => Waits.Until(condition, what: what);

    /// <summary>True for a process that runs or can run; false for a zombie or a missing process.</summary>
    internal static bool IsAlive(int processId) => ProcStat.Read(new ProcReader(), processId) is { IsAlive: true };

    private protected IEnumerable<uint> Members => Sandbox.GetProcesses().Select(process => process.ProcessId);
}
