using System.IO;
using HcsPowerShell.Embedded.Isolation.Unix;
using HcsPowerShell.Embedded.Native.Unix;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Isolation.Oci.State;

/// <summary>What hosts have left whose process, and whose guardian, did not live to remove it.</summary>
internal static class Leftovers
{
    private const string Shell = "/bin/sh";

    private const string DefaultPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>Removes the leftovers of every host of this machine whose process has ended.</summary>
    /// <exception cref="HcsException">The system refuses to start a process.</exception>
    public static void Remove(string runc)
    {
        if (!Directory.Exists(HostFolder.Root))
        {
            return;
        }

        foreach (string file in Directory.GetFiles(HostFolder.Root, "*" + HostFolder.LockExtension))
        {
            using FileStream? hold = HostFolder.TryLock(file, FileMode.Open);
            if (hold is not null)
            {
                string host = Path.GetFileNameWithoutExtension(file);
                Begin(Path.Combine(HostFolder.Root, host), host, runc, input: null).Exited.GetAwaiter().GetResult();
            }
        }
    }

    /// <summary>Starts the script; it acts at the end of its input.</summary>
    /// <exception cref="HcsException">The system refuses.</exception>
    public static ChildProcess Begin(string folder, string host, string runc, FileDescriptor? input)
    {
        ChildProcess process = ChildProcess.Start(
            Shell,
            [Shell, "-c", LeftoversScript.Text, "hcs-guardian", folder, host, runc],
            [DefaultPath],
            "/",
            [input, null, null],
            observer: null);
        process.Watch(usePidfd: true);
        return process;
    }
}
