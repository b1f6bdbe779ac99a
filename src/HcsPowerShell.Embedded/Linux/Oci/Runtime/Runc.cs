using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Linux.Oci.Runtime;

/// <summary>Runs the commands of runc, with a state folder of its own.</summary>
internal sealed class Runc(string executable, string stateFolder)
{
    private const string DefaultPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    // A run that has not ended by then never will. The calls of the compute service have their own, shorter limits.
    private static readonly TimeSpan s_longestRun = TimeSpan.FromSeconds(300);

    private static readonly FileDescriptor?[] s_noStreams = [null, null, null];

    /// <summary>Creates a container from the bundle; its first process waits for <see cref="StartAsync"/>.</summary>
    /// <param name="name">Name of the container.</param>
    /// <param name="bundle">Folder with config.json.</param>
    /// <param name="processIdFile">File to which runc writes the id of the first process.</param>
    /// <param name="first">Descriptor 3 of the first process.</param>
    /// <param name="held">Descriptors that stay open until the first process has ended.</param>
    /// <param name="ended">Kills runc.</param>
    /// <exception cref="HcsException">runc refuses; the message of the inner exception is that of runc.</exception>
    public Task<KeptProcess> CreateAsync(
        string name,
        string bundle,
        string processIdFile,
        FileDescriptor first,
        IReadOnlyList<FileDescriptor> held,
        CancellationToken ended) =>
        KeepAsync(
            "HcsCreateComputeSystem",
            ["create", "--preserve-fds", "1", "--bundle", bundle, "--pid-file", processIdFile, name],
            processIdFile,
            s_noStreams,
            first,
            held,
            ended);

    /// <summary>Starts another process in a container.</summary>
    /// <param name="name">Name of the container.</param>
    /// <param name="process">The process object of the OCI runtime specification.</param>
    /// <param name="processIdFile">File to which runc writes the id of the process.</param>
    /// <param name="standard">Descriptors 0 to 2; null is /dev/null.</param>
    /// <param name="consoleSocket">
    /// Path of the socket that receives the console; null when the process has no console.
    /// </param>
    /// <param name="ended">Kills runc.</param>
    /// <exception cref="HcsException">runc refuses; the message of the inner exception is that of runc.</exception>
    public async Task<KeptProcess> ExecuteAsync(
        string name,
        string process,
        string processIdFile,
        FileDescriptor?[] standard,
        string? consoleSocket,
        CancellationToken ended)
    {
        string[] console = consoleSocket is null ? [] : ["--tty", "--console-socket", consoleSocket];
        // In memory: the environment of a process is private.
        using MemoryFile file = MemoryFile.Create("process.json", Encoding.UTF8.GetBytes(process));
        return await KeepAsync(
            "HcsCreateProcess",
            ["exec", "--detach", .. console, "--process", file.Path, "--pid-file", processIdFile, name],
            processIdFile,
            standard,
            passed: null,
            held: [],
            ended).ConfigureAwait(false);
    }

    public Task StartAsync(string name, CancellationToken ended) =>
        RunAsync("HcsStartComputeSystem", ended, "start", name);

    public Task PauseAsync(string name, CancellationToken ended) =>
        RunAsync("HcsPauseComputeSystem", ended, "pause", name);

    public Task ResumeAsync(string name, CancellationToken ended) =>
        RunAsync("HcsResumeComputeSystem", ended, "resume", name);

    /// <param name="name">Name of the container.</param>
    /// <param name="limits">
    /// The resources object of the OCI runtime specification; limits it omits do not change.
    /// </param>
    /// <param name="ended">Kills runc.</param>
    public async Task UpdateAsync(string name, string limits, CancellationToken ended)
    {
        using MemoryFile file = MemoryFile.Create("resources.json", Encoding.UTF8.GetBytes(limits));
        await RunAsync("HcsModifyComputeSystem", ended, "update", "--resources", file.Path, name).ConfigureAwait(false);
    }

    /// <summary>Removes what is left of a container, including its control groups; kills it if it is alive.</summary>
    public Task DeleteAsync(string name, CancellationToken ended) =>
        RunAsync("HcsTerminateComputeSystem", ended, "delete", "--force", name);

    private async Task<KeptProcess> KeepAsync(
        string function,
        string[] arguments,
        string processIdFile,
        FileDescriptor?[] standard,
        FileDescriptor? passed,
        IReadOnlyList<FileDescriptor> held,
        CancellationToken ended)
    {
        using MemoryFile log = NewLog();
        using CancellationTokenSource limit = Limit(ended);
        return await KeptProcess.StartAsync(
            Command(log, arguments), [DefaultPath], processIdFile, standard, passed, held, limit.Token)
            .ConfigureAwait(false)
            ?? throw Failure(function, log);
    }

    private async Task RunAsync(string function, CancellationToken ended, params string[] arguments)
    {
        using MemoryFile log = NewLog();
        using CancellationTokenSource limit = Limit(ended);
        ChildProcess child = Start(function, Command(log, arguments));
        child.Watch(usePidfd: true);
        using (limit.Token.Register(child.Kill))
        {
            if (await child.Exited.ConfigureAwait(false) != 0)
            {
                throw Failure(function, log);
            }
        }
    }

    private ChildProcess Start(string function, IReadOnlyList<string> command)
    {
        try
        {
            return ChildProcess.StartTool(executable, command, [DefaultPath], s_noStreams);
        }
        catch (HcsException) when (IsGone())
        {
            throw Gone(function);
        }
    }

    // The cause is found from the state of the machine, not from the message of runc.
    private HcsException Failure(string function, MemoryFile log)
    {
        HcsException told = RuncFailure.From(function, log.ReadText());
        return IsGone() ? Gone(function)
            : MachineLimit.Reached(stateFolder) is { } limit
                ? Refusal.Refused(function, limit.HResult, limit.Message, told)
            : told;
    }

    // The file is no longer where it was found, or no longer a program.
    private bool IsGone() => Libc.access(CString.From(executable), Libc.X_OK) != 0;

    private HcsException Gone(string function) => Refusal.Refused(
        function, HResult.FileNotFound, $"runc is not at '{executable}' any more, and the host cannot go on without it.");

    private static CancellationTokenSource Limit(CancellationToken ended)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(ended);
        limit.CancelAfter(s_longestRun);
        return limit;
    }

    private static MemoryFile NewLog() => MemoryFile.Create("runc.log", []);

    private IReadOnlyList<string> Command(MemoryFile log, string[] arguments) =>
        [executable, "--root", stateFolder, "--log", log.Path, "--log-format", "json", .. arguments];
}
