using System;
using System.Collections.Generic;
using System.Text;
using HcsPowerShell.Embedded.Isolation.Unix;
using HcsPowerShell.Embedded.Native.Unix;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Isolation.Oci.Runtime;

/// <summary>The command line of runc, with a state folder of its own.</summary>
internal sealed class Runc(string executable, string stateFolder)
{
    private const string DefaultPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static readonly FileDescriptor?[] s_noStreams = [null, null, null];

    /// <summary>Creates a container from the bundle; its first process waits for <see cref="Start"/>.</summary>
    /// <param name="name">Name of the container.</param>
    /// <param name="bundle">Folder with config.json.</param>
    /// <param name="processIdFile">Where runc can tell the id of the first process.</param>
    /// <param name="first">What the first process finds as descriptor 3.</param>
    /// <param name="held">What stays open until the first process has ended.</param>
    /// <exception cref="HcsException">runc refuses; the message is its own.</exception>
    public KeptProcess Create(
        string name, string bundle, string processIdFile, FileDescriptor first, IReadOnlyList<FileDescriptor> held) =>
        Keep(
            "HcsCreateComputeSystem",
            ["create", "--preserve-fds", "1", "--bundle", bundle, "--pid-file", processIdFile, name],
            processIdFile,
            s_noStreams,
            first,
            held);

    /// <summary>Starts a further process.</summary>
    /// <param name="name">Name of the container.</param>
    /// <param name="process">The process object of the OCI runtime specification.</param>
    /// <param name="processIdFile">Where runc can tell the id of the process.</param>
    /// <param name="standard">Descriptors 0 to 2; null is /dev/null.</param>
    /// <param name="consoleSocket">Socket that receives the console of a process that has one; else null.</param>
    /// <exception cref="HcsException">runc refuses; the message is its own.</exception>
    public KeptProcess Execute(
        string name, string process, string processIdFile, FileDescriptor?[] standard, string? consoleSocket)
    {
        string[] console = consoleSocket is null ? [] : ["--tty", "--console-socket", consoleSocket];
        // In memory: the environment of a process is nobody else's business.
        using MemoryFile file = MemoryFile.Create("process.json", Encoding.UTF8.GetBytes(process));
        return Keep(
            "HcsCreateProcess",
            ["exec", "--detach", .. console, "--process", file.Path, "--pid-file", processIdFile, name],
            processIdFile,
            standard,
            passed: null,
            held: []);
    }

    public void Start(string name) => Run("HcsStartComputeSystem", "start", name);

    public void Pause(string name) => Run("HcsPauseComputeSystem", "pause", name);

    public void Resume(string name) => Run("HcsResumeComputeSystem", "resume", name);

    /// <param name="name">Name of the container.</param>
    /// <param name="limits">The resources object of the OCI runtime specification; what it leaves out stays.</param>
    public void Update(string name, string limits)
    {
        using MemoryFile file = MemoryFile.Create("resources.json", Encoding.UTF8.GetBytes(limits));
        Run("HcsModifyComputeSystem", "update", "--resources", file.Path, name);
    }

    /// <summary>Removes what is left of a container, its control groups included; kills it if it lives.</summary>
    public void Delete(string name) => Run("HcsTerminateComputeSystem", "delete", "--force", name);

    private KeptProcess Keep(
        string function,
        string[] arguments,
        string processIdFile,
        FileDescriptor?[] standard,
        FileDescriptor? passed,
        IReadOnlyList<FileDescriptor> held)
    {
        using MemoryFile log = NewLog();
        return KeptProcess.Start(Command(log, arguments), [DefaultPath], processIdFile, standard, passed, held)
            ?? throw RuncFailure.From(function, log.ReadText());
    }

    private void Run(string function, params string[] arguments)
    {
        using MemoryFile log = NewLog();
        ChildProcess child = ChildProcess.StartTool(executable, Command(log, arguments), [DefaultPath], s_noStreams);
        if (child.Wait() != 0)
        {
            throw RuncFailure.From(function, log.ReadText());
        }
    }

    private static MemoryFile NewLog() => MemoryFile.Create("runc.log", []);

    private IReadOnlyList<string> Command(MemoryFile log, string[] arguments) =>
        [executable, "--root", stateFolder, "--log", log.Path, "--log-format", "json", .. arguments];
}
