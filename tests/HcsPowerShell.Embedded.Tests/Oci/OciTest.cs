using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>
/// Base class with an embedded host with isolation Oci, and a folder; both are removed with the test.
/// </summary>
[WideStage]
public abstract class OciTest : IDisposable
{
    private protected OciTest()
    {
        OciMachine.SkipUnlessPossible();
        Host = new EmbeddedComputeService(EmbeddedIsolation.Oci);
        Folder = Directory.CreateTempSubdirectory("hcs test, ").FullName;
    }

    private protected EmbeddedComputeService Host { get; }

    /// <summary>A folder for the test; its name contains the separators of mount options.</summary>
    private protected string Folder { get; }

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>
    /// Options with a long time limit, so that a busy machine causes no failure. Separate tests cover the short
    /// defaults.
    /// </summary>
    private protected static CallOptions Patient => new(Token, Waits.Limit);

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
        Host?.Close();
        if (Folder is not null)
        {
            Directory.Delete(Folder, recursive: true);
        }

        GC.SuppressFinalize(this);
    }

    private protected string NewFolder(string name)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(path);
        return path;
    }

    private protected async Task<IContainer> CreateAsync(ContainerConfig? config = null, string? id = null) =>
        await Host.CreateContainerAsync(
            id ?? "oci-" + Guid.NewGuid().ToString("N"),
            HcsJson.Write(config ?? new ContainerConfig()),
            new SchemaVersion { Major = 1 },
            Patient);

    private protected async Task<IContainer> StartAsync(ContainerConfig? config = null, string? id = null)
    {
        IContainer container = await CreateAsync(config, id);
        await container.StartAsync(Patient);
        return container;
    }

    private protected static Task<IProcess> BeginAsync(IContainer container, params string[] arguments) =>
        BeginAsync(container, new ProcessConfig { CommandArgs = arguments, CreateStdOutPipe = true });

    private protected static Task<IProcess> BeginAsync(IContainer container, ProcessConfig config) =>
        container.CreateProcessAsync(config, Patient);

    /// <summary>
    /// Returns the output of a shell script in the container, without the last line end, and its exit code.
    /// </summary>
    private protected static Task<(string Output, uint ExitCode)> ShellAsync(IContainer container, string script) =>
        RunAsync(container, new ProcessConfig { CommandArgs = ["/bin/sh", "-c", script + "\n"] });

    private protected static async Task<(string Output, uint ExitCode)> RunAsync(
        IContainer container, ProcessConfig config)
    {
        config.CreateStdOutPipe = true;
        IProcess process = await BeginAsync(container, config);
        using StreamReader reader = new((await process.GetStdioAsync(Patient)).StandardOutput!);
        string output = await reader.ReadToEndAsync(Token).Within();
        uint code = (await process.Exited.Within()).ExitCode;
        process.Close();
        return (output.TrimEnd('\n'), code);
    }

    private protected static async Task<string> OutputAsync(IContainer container, string script) =>
        (await ShellAsync(container, script)).Output;

    private protected static async Task<Statistics> StatisticsAsync(IContainer container) =>
        (await container.GetPropertiesAsync(new PropertyQuery { PropertyTypes = ["Statistics"] }, Patient)).Statistics!;

    private protected static async Task<ProcessListItem[]> ProcessesAsync(IContainer container) =>
        (await container.GetPropertiesAsync(new PropertyQuery { PropertyTypes = ["ProcessList"] }, Patient)).ProcessList!;

    private protected static async Task<string> RefusedAsync(Func<Task> call, int hresult)
    {
        HcsException e = await Assert.ThrowsAsync<HcsException>(call);
        Assert.Equal($"0x{hresult:X8} {e.ResultDocument}", $"0x{e.HResult:X8} {e.ResultDocument}");
        return HcsJson.Read<ResultError>(e.ResultDocument!).ErrorMessage!;
    }

    /// <summary>Creates a layer with busybox under the names of its commands.</summary>
    private protected string BusyboxLayer(string name, params string[] commands)
    {
        string layer = NewFolder(name);
        string bin = Directory.CreateDirectory(Path.Combine(layer, "bin")).FullName;
        File.Copy("/bin/busybox", Path.Combine(bin, "busybox"));
        foreach (string command in commands)
        {
            File.CreateSymbolicLink(Path.Combine(bin, command), "busybox");
        }

        return layer;
    }

    internal static Task Eventually(Func<bool> condition, string what) => Waits.Until(condition, what: what);

    internal static Task Eventually(Func<Task<bool>> condition, string what) => Waits.Until(condition, what: what);

    /// <summary>Reads a file of the container's control group.</summary>
    private protected static async Task<string> GroupFileAsync(IContainer container, string controller, string file)
    {
        bool isVersion2 = File.Exists("/sys/fs/cgroup/cgroup.controllers");
        string group = Traces.ControlGroups(container.Id).First(
            path => isVersion2 || path.Split('/')[^2].Split(',').Contains(controller));
        return (await File.ReadAllTextAsync(Path.Combine(group, file), Token)).Trim();
    }

    /// <summary>Runs a program of this machine, which must succeed, and returns its output.</summary>
    internal static string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        Assert.True(
            process.WaitForExit(Waits.Limit), $"Not within {Waits.Limit}: the exit of {program} {string.Join(' ', arguments)}");
        string output = process.StandardOutput.ReadToEnd();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
