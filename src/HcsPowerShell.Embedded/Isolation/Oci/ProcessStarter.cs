using System;
using System.IO;
using System.Threading;
using HcsPowerShell.Embedded.Isolation.Oci.Files;
using HcsPowerShell.Embedded.Isolation.Oci.Runtime;
using HcsPowerShell.Embedded.Isolation.Oci.Specification;
using HcsPowerShell.Embedded.Isolation.Unix;
using HcsPowerShell.Embedded.Native.Unix;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Isolation.Oci;

/// <summary>Starts processes in a running container, with pipes or a console.</summary>
/// <param name="name">What runc knows the container by.</param>
/// <param name="runc">runc.</param>
/// <param name="bundle">Where files of a start are kept as long as it takes.</param>
/// <param name="firstProcessId">Its first process, as seen from outside.</param>
/// <param name="outOfMemoryKills">How often the kernel has killed in it for want of memory.</param>
internal sealed class ProcessStarter(
    string name, Runc runc, Bundle bundle, int firstProcessId, Func<ulong> outOfMemoryKills)
{
    private static readonly TimeSpan s_longestUntilImage = TimeSpan.FromSeconds(1);

    /// <exception cref="HcsException">The executable or the user is not there, or the system refuses.</exception>
    public ISandboxProcess Start(ProcessStart start)
    {
        ContainerUser user;
        using (ContainerFiles files = ContainerFiles.Open(firstProcessId))
        {
            // runc would tell some of this in words, and the rest not at all: it has gone when the kernel refuses.
            ExecutableCheck.Require(files, start.Executable);
            user = ContainerUsers.Resolve(files, start.User);
        }

        return start.Console is { } console ? StartInConsole(start, user, console) : StartWithPipes(start, user);
    }

    private OciProcess StartWithPipes(ProcessStart start, ContainerUser user)
    {
        using Pipe? input = start.StandardInput ? Pipe.Create(childReads: true) : null;
        using Pipe? output = start.StandardOutput ? Pipe.Create(childReads: false) : null;
        using Pipe? error = start.StandardError ? Pipe.Create(childReads: false) : null;
        using Execution execution = Execute(start, user, [input?.Childs, output?.Childs, error?.Childs]);
        return Adopt(
            execution,
            [
                input is null ? null : new PipeStream(input.TakeOurs(), FileAccess.Write),
                output is null ? null : new PipeStream(output.TakeOurs(), FileAccess.Read),
                error is null ? null : new PipeStream(error.TakeOurs(), FileAccess.Read),
            ]);
    }

    private OciConsoleProcess StartInConsole(ProcessStart start, ContainerUser user, ConsoleStart size)
    {
        using DescriptorSocket socket = DescriptorSocket.Listen(bundle.NextSocket());
        using Execution execution = Execute(start, user, [null, null, null], socket.Path);
        PseudoTerminal terminal = new(socket.Receive());
        try
        {
            terminal.Resize(size.Width, size.Height);
            OciProcess process = Adopt(execution, [null, null, null]);
            return new OciConsoleProcess(process, new ProcessConsole(terminal, process.Exited, start.StandardOutput));
        }
        catch
        {
            terminal.Dispose();
            throw;
        }
    }

    private Execution Execute(
        ProcessStart start, ContainerUser user, FileDescriptor?[] standard, string? consoleSocket = null)
    {
        ulong before = outOfMemoryKills();
        string process = ProcessSpecification.Of(start, user).ToJsonString();
        return new Execution(
            runc.Execute(name, process, bundle.NextProcessIdFile(), standard, consoleSocket), before);
    }

    private OciProcess Adopt(Execution execution, Stream?[] pipes)
    {
        WaitForImage(execution.Process.ProcessId);
        uint id = InnerProcessId.Of(new ProcReader(), execution.Process.ProcessId)
            ?? throw new HcsException("HcsCreateProcess", HResult.Unspecified);
        return new OciProcess(
            id,
            execution.Process.Open(),
            execution.Process.Exited,
            () => outOfMemoryKills() > execution.KillsBefore,
            pipes);
    }

    /// <summary>runc has gone a moment before its part of the process becomes the program, which has no event.</summary>
    private static void WaitForImage(int processId)
    {
        ProcReader reader = new();
        SpinWait.SpinUntil(
            () => ProcStat.Read(reader, processId)?.Name.StartsWith("runc:[", StringComparison.Ordinal)
                is not true,
            s_longestUntilImage);
    }
}
