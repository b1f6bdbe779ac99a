using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Processes;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>
/// Keeps forwarding on for the uplinks of the machine. The old values are in a file that every host with a network locks
/// together with the others, so the last one restores them: this class, or the script for leftovers.
/// </summary>
/// <remarks>The kernel releases the lock of a host that is killed. A line is <c>INTERFACE VALUE</c>.</remarks>
internal sealed class ForwardingHold
{
    private const uint PrivateMode = 0x180;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    private readonly string _path;
    private readonly FileDescriptor _file;

    private ForwardingHold(string path, FileDescriptor file)
    {
        _path = path;
        _file = file;
    }

    /// <summary>Joins the other hosts; waits while the last of them restores the old values.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    public static async Task<ForwardingHold> TakeAsync(string path, CancellationToken abandoned)
    {
        while (true)
        {
            int number = Libc.open(
                CString.From(path), Libc.O_RDWR | Libc.O_CREAT | Libc.O_NOFOLLOW | Libc.O_CLOEXEC, PrivateMode);
            FileDescriptor file = number >= 0
                ? new FileDescriptor(number).OutOfTheWay()
                : throw new KernelException($"'{path}' cannot be opened", Marshal.GetLastWin32Error());

            // The last host has removed the file, perhaps after it was opened here.
            if (Libc.flock(file, Libc.LOCK_SH | Libc.LOCK_NB) == 0 && Symlink.Read(file.Path) == path)
            {
                return new ForwardingHold(path, file);
            }

            file.Dispose();
            await Task.Delay(s_pause, abandoned).ConfigureAwait(false);
        }
    }

    /// <summary>Turns forwarding on. No other host may do it at the same time.</summary>
    public void TurnOn(IEnumerable<string> links)
    {
        foreach (string link in links.Where(link => !MachineNetwork.Forwards(link)))
        {
            // The old value is written down first: a host that is killed in between restores what is there.
            if (!Lines().Any(line => line.StartsWith(link + " ", StringComparison.Ordinal)))
            {
                File.AppendAllText(_path, link + " 0\n");
            }

            MachineNetwork.SetForwarding(link, isOn: true);
        }
    }

    /// <summary>Leaves the other hosts; the last one restores the old values.</summary>
    public void Leave()
    {
        if (Libc.flock(_file, Libc.LOCK_EX | Libc.LOCK_NB) == 0)
        {
            foreach (string link in Lines().Select(line => line.Split(' ')[0]).Where(MachineNetwork.Has))
            {
                MachineNetwork.SetForwarding(link, isOn: false);
            }

            File.Delete(_path);
        }

        // A process that is being started has a copy of the file until it calls exec.
        _ = Libc.flock(_file, Libc.LOCK_UN);
        _file.Dispose();
    }

    // Through the descriptor that has the lock: .NET locks each file it opens.
    private string[] Lines() => new ProcReader().TryRead(_file, out ReadOnlySpan<byte> content)
        ? Encoding.ASCII.GetString(content.ToArray()).Split(['\n'], StringSplitOptions.RemoveEmptyEntries)
        : throw new IOException($"'{_path}' cannot be read.");
}
