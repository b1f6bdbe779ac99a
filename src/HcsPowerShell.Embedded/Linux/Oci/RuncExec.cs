using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Oci.Files;
using HcsPowerShell.Embedded.Linux.Oci.Runtime;
using HcsPowerShell.Embedded.Linux.Oci.Specification;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Linux.Oci;

/// <summary>Starts processes in a running container, with pipes or a console.</summary>
/// <param name="name">Name by which runc knows the container.</param>
/// <param name="runc">runc.</param>
/// <param name="bundle">Holds the files that a start needs, as long as it takes.</param>
/// <param name="firstProcessId">Host process id of the first process.</param>
/// <param name="outOfMemoryKills">Returns how often the kernel has killed in the container for lack of memory.</param>
internal sealed class RuncExec(
    string name, Runc runc, Bundle bundle, int firstProcessId, Func<ulong> outOfMemoryKills)
{
    private const string RuncsPart = "runc:[";

    private static readonly TimeSpan s_longestUntilImage = TimeSpan.FromSeconds(1);

    /// <param name="plan">Plans the process from the files of the container, which are opened once.</param>
    /// <param name="ended">Kills runc.</param>
    /// <exception cref="HcsException">The executable or the user does not exist, or the system refuses.</exception>
    public async Task<ISandboxProcess> StartAsync(Func<ISandboxFiles, ProcessPlan> plan, CancellationToken ended)
    {
        ProcessPlan start;
        ContainerUser user;
        using (ContainerFiles files = ContainerFiles.Open(firstProcessId))
        {
            start = plan(files);
            if (start.HasNullCharacter)
            {
                throw new HcsException("HcsCreateProcess", HResult.InvalidArgument);
            }

            ProgramCheck.Require(files, start);
            user = ContainerUsers.Resolve(files, start.User);
            files.RequireExecute(start.Executable, user);
            files.RequireExecute(start.WorkingDirectory, user);
        }

        return start.Console is { } console
            ? await StartInConsoleAsync(start, user, console, ended).ConfigureAwait(false)
            : await StartWithPipesAsync(start, user, ended).ConfigureAwait(false);
    }

    private async Task<OciProcess> StartWithPipesAsync(ProcessPlan start, ContainerUser user, CancellationToken ended)
    {
        using Pipe? input = start.StandardInput ? Pipe.Create(childReads: true) : null;
        using Pipe? output = start.StandardOutput ? Pipe.Create(childReads: false) : null;
        using Pipe? error = start.StandardError ? Pipe.Create(childReads: false) : null;
        ulong before = outOfMemoryKills();
        using KeptProcess kept = await ExecuteAsync(
            start, user, [input?.ChildEnd, output?.ChildEnd, error?.ChildEnd], consoleSocket: null, ended).ConfigureAwait(false);
        return new OciProcess(
            await InnerIdAsync(kept, start).ConfigureAwait(false),
            kept,
            () => outOfMemoryKills() > before,
            [
                input is null ? null : new PipeStream(input.TakeOwnEnd(), FileAccess.Write),
                output is null ? null : new PipeStream(output.TakeOwnEnd(), FileAccess.Read),
                error is null ? null : new PipeStream(error.TakeOwnEnd(), FileAccess.Read),
            ]);
    }

    private async Task<OciProcess> StartInConsoleAsync(
        ProcessPlan start, ContainerUser user, ConsolePlan size, CancellationToken ended)
    {
        using DescriptorSocket socket = DescriptorSocket.Listen(bundle.NextSocket());
        ulong before = outOfMemoryKills();
        using KeptProcess kept = await ExecuteAsync(
            start, user, [null, null, null], socket.Path, ended).ConfigureAwait(false);
        PseudoTerminal terminal = new(socket.Receive());
        try
        {
            terminal.Resize(size.Width, size.Height);
            return new OciProcess(
                await InnerIdAsync(kept, start).ConfigureAwait(false),
                kept,
                () => outOfMemoryKills() > before,
                terminal,
                start.StandardOutput);
        }
        catch
        {
            terminal.Dispose();
            throw;
        }
    }

    private Task<KeptProcess> ExecuteAsync(
        ProcessPlan start,
        ContainerUser user,
        FileDescriptor?[] standard,
        string? consoleSocket,
        CancellationToken ended) => runc.ExecuteAsync(
            name,
            ProcessSpecification.Of(start, user).ToJsonString(),
            bundle.NextProcessIdFile(),
            standard,
            consoleSocket,
            ended);

    private static async Task<uint> InnerIdAsync(KeptProcess kept, ProcessPlan start)
    {
        await WaitForImageAsync(kept.ProcessId, start).ConfigureAwait(false);
        return InnerProcessId.Of(new ProcReader(), kept.ProcessId)
            ?? throw new HcsException("HcsCreateProcess", HResult.Unspecified);
    }

    /// <summary>
    /// Waits until the process runs its program. runc exits a moment before that, and there is no event for it.
    /// </summary>
    private static async Task WaitForImageAsync(int processId, ProcessPlan start)
    {
        ProcReader reader = new();
        var time = Stopwatch.StartNew();
        while (ProcStat.Read(reader, processId) is { } stat && stat.Name.StartsWith(RuncsPart, StringComparison.Ordinal)
            && time.Elapsed < s_longestUntilImage)
        {
            if (!stat.IsAlive)
            {
                throw Refusal.CannotExecute(null, "HcsCreateProcess", HResult.Unspecified, start.Executable);
            }

            await Task.Yield();
        }
    }
}
