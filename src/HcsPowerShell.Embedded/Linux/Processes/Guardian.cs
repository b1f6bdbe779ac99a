using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>A small process that outlives this one and then cleans up after it, however this process ended.</summary>
/// <remarks>
/// It waits for the end of a pipe only this process holds, which the kernel closes whatever happens. PR_SET_PDEATHSIG
/// is not enough: it follows the thread that started the process, not the process, and child processes do not inherit
/// it. The guardian then runs a script for POSIX sh, as dash and busybox have it; the script finds the lines the
/// guardian was told to keep in <c>$lines</c>.
/// </remarks>
/// <param name="script">Script that cleans up.</param>
/// <param name="arguments">Arguments of the script.</param>
/// <param name="usePidfd">False waits as on a kernel (before 5.3) without pidfd.</param>
internal sealed class Guardian(string script, IReadOnlyList<string> arguments, bool usePidfd) : IDisposable
{
    private const string Shell = "/bin/sh";
    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    // Input: "+ LINE" and "- LINE".
    private const string Wait = """
        trap '' HUP INT QUIT TERM
        lines=' '
        while read -r verb line; do
            case $verb in
                +) lines="$lines$line " ;;
                -) case $lines in
                       *" $line "*) lines="${lines%%" $line "*} ${lines#*" $line "}" ;;
                   esac ;;
            esac
        done

        """;

    private readonly object _gate = new();
    private readonly HashSet<ProcessKey> _groups = [];
    private readonly StringBuilder _unsent = new();
    private ChildProcess? _process;
    private FileDescriptor? _pipe;

    /// <summary>Process id, once started.</summary>
    public int? ProcessId => _process?.Key.ProcessId;

    /// <summary>
    /// Starts a script as a guardian runs it; it acts at the end of its input, or at once without input.
    /// </summary>
    /// <exception cref="HcsException">The system refuses.</exception>
    public static ChildProcess Begin(
        string script, IReadOnlyList<string> arguments, FileDescriptor? input = null, bool usePidfd = true)
    {
        string path = Environment.GetEnvironmentVariable("PATH") ?? DefaultPath;
        ChildProcess process = ChildProcess.Start(
            Shell,
            [Shell, "-c", Wait + script, "hcs-guardian", .. arguments],
            [$"PATH={path}"],
            "/",
            [input, null, null],
            observer: null);
        process.Watch(usePidfd);
        return process;
    }

    /// <summary>
    /// Starts the guardian unless it runs; call it before creating anything that could be left behind.
    /// </summary>
    /// <exception cref="HcsException">The system refuses.</exception>
    public void EnsureRunning()
    {
        lock (_gate)
        {
            if (_pipe is null || !_process!.IsAlive)
            {
                Start();
            }
        }
    }

    /// <summary>Adds the process group of this leader.</summary>
    /// <exception cref="HcsException">The guardian had died, and the system refuses to start another.</exception>
    public void Add(ProcessKey leader)
    {
        lock (_gate)
        {
            _groups.Add(leader);
            if (!Send($"+ {Line(leader)}\n"))
            {
                Start();
            }
        }
    }

    /// <summary>Removes a process group: it is empty, and another process may get its id.</summary>
    public void Remove(ProcessKey leader)
    {
        lock (_gate)
        {
            if (_groups.Remove(leader))
            {
                Send($"- {Line(leader)}\n");
            }
        }
    }

    /// <summary>Lets the guardian do its work and exit.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _pipe?.Dispose();
            _pipe = null;
        }
    }

    private static string Line(ProcessKey leader) => $"{leader.ProcessId}:{leader.StartTicks}";

    private void Start()
    {
        // Closing the pipe makes a running guardian start its work, so this is only for one that has died.
        _pipe?.Dispose();
        _pipe = null;
        using Pipe pipe = Pipe.Create(childReads: true);
        _process = Begin(script, arguments, pipe.ChildEnd, usePidfd);
        _pipe = pipe.TakeOwnEnd();
        _unsent.Clear();
        Send(string.Concat(_groups.Select(group => $"+ {Line(group)}\n")));
    }

    // Never waits: lines a stopped guardian does not take now go before the next line.
    private bool Send(string lines)
    {
        if (_pipe is null)
        {
            return false;
        }

        _unsent.Append(lines);
        byte[] bytes = Encoding.ASCII.GetBytes(_unsent.ToString());
        int sent = 0;
        while (sent < bytes.Length)
        {
            nint written = Libc.write(_pipe, ref bytes[sent], bytes.Length - sent);
            if (written >= 0)
            {
                sent += (int)written;
                continue;
            }

            int errno = Marshal.GetLastWin32Error();
            if (errno == Errno.EAGAIN)
            {
                break;
            }

            if (errno != Errno.EINTR)
            {
                _pipe.Dispose();
                _pipe = null;
                return false;
            }
        }

        _unsent.Remove(0, sent);
        return true;
    }
}
