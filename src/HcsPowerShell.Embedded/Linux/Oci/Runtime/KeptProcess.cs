using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Oci.Programs;
using HcsPowerShell.Embedded.Linux.Processes;

namespace HcsPowerShell.Embedded.Linux.Oci.Runtime;

/// <summary>
/// A process that runc has started in a container, and the keeper (<c>keeper.c</c>) that is its parent.
/// </summary>
internal sealed class KeptProcess : IDisposable
{
    // Descriptors 0 to 5 are the streams, the one runc passes on, the status, and the one that holds the zombie.
    private const int FirstHeld = 6;

    private readonly ChildProcess _keeper;
    private readonly FileDescriptor _hold;

    private KeptProcess(ChildProcess keeper, FileDescriptor hold)
    {
        _keeper = keeper;
        _hold = hold;
    }

    /// <summary>
    /// Completes when the process has exited, with its exit code, or 128 + signal if a signal killed it.
    /// </summary>
    public Task<uint?> Exited => _keeper.Exited;

    /// <summary>Host process id.</summary>
    public int ProcessId { get; private set; }

    /// <summary>
    /// Runs runc and waits until it has done its part. Until <see cref="Dispose"/> the process is not reaped when it
    /// exits.
    /// </summary>
    /// <param name="command">Executable and arguments of runc.</param>
    /// <param name="environment">Environment of runc.</param>
    /// <param name="processIdFile">File to which runc writes the id of the process. It is removed afterwards.</param>
    /// <param name="standard">Descriptors 0 to 2 of the process; null is /dev/null.</param>
    /// <param name="passed">Descriptor 3 of runc.</param>
    /// <param name="held">
    /// Descriptors that the keeper keeps open until the process has ended. No other process gets them.
    /// </param>
    /// <param name="ended">Kills runc and the keeper, as long as runc has not done its part.</param>
    /// <returns>Null when runc has failed.</returns>
    /// <exception cref="HcsException">The system refuses to start the keeper.</exception>
    public static async Task<KeptProcess?> StartAsync(
        IReadOnlyList<string> command,
        IReadOnlyList<string> environment,
        string processIdFile,
        FileDescriptor?[] standard,
        FileDescriptor? passed,
        IReadOnlyList<FileDescriptor> held,
        CancellationToken ended)
    {
        using Pipe status = Pipe.Create(childReads: false);
        using Pipe hold = Pipe.Create(childReads: true);
        ChildProcess keeper = StartKeeper(command, environment, [.. standard, passed, status.ChildEnd, hold.ChildEnd], held);
        keeper.Watch(usePidfd: true);
        KeptProcess process = new(keeper, hold.TakeOwnEnd());
        status.ChildEnd.Dispose();
        using (ended.Register(keeper.Kill))
        using (PipeStream result = new(status.TakeOwnEnd(), FileAccess.Read))
        {
            if (await SucceededAsync(result).ConfigureAwait(false))
            {
                process.ProcessId = int.Parse(File.ReadAllText(processIdFile), CultureInfo.InvariantCulture);
                File.Delete(processIdFile);
                return process;
            }
        }

        process.Dispose();
        return null;
    }

    /// <summary>
    /// Opens a pidfd of the process. After <see cref="Dispose"/> its id may belong to another process.
    /// </summary>
    /// <exception cref="HcsException">The system refuses.</exception>
    public FileDescriptor Open()
    {
        int number = Libc.pidfd_open(ProcessId);
        return number >= 0 ? new FileDescriptor(number) : throw SpawnError.From(Marshal.GetLastWin32Error());
    }

    /// <summary>Lets the keeper reap the process.</summary>
    public void Dispose() => _hold.Dispose();

    private static ChildProcess StartKeeper(
        IReadOnlyList<string> command,
        IReadOnlyList<string> environment,
        FileDescriptor?[] descriptors,
        IReadOnlyList<FileDescriptor> held)
    {
        // The copies get numbers above all those in the keeper: moving one must not overwrite another that is still to
        // be moved.
        FileDescriptor[] copies = [.. held.Select(file => file.Duplicate(FirstHeld + held.Count))];
        try
        {
            return ChildProcess.StartTool(
                ProgramFiles.Keeper.Path, ["hcs-exit-keeper", .. command], environment, [.. descriptors, .. copies]);
        }
        finally
        {
            Array.ForEach(copies, copy => copy.Dispose());
        }
    }

    private static async Task<bool> SucceededAsync(PipeStream status)
    {
        byte[] word = new byte[sizeof(int)];
        return await status.ReadAsync(word, 0, word.Length).ConfigureAwait(false) == word.Length
            && BitConverter.ToInt32(word, 0) == 0;
    }
}
