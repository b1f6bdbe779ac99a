using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using HcsPowerShell.Embedded.Native.Unix;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Isolation.Unix;

/// <summary>A small process that outlives this one and then kills what an isolation has left, however this one ended.</summary>
/// <remarks>
/// It waits for the end of a pipe only this process holds, which the kernel closes whatever happens. PR_SET_PDEATHSIG
/// would not do: it follows the thread that started the process, not the process, and is not inherited by what that
/// process starts. Out of reach is a process that has both cleared its environment and left its process group.
/// </remarks>
internal sealed class Guardian : IDisposable
{
    private const string Shell = "/bin/sh";
    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private readonly object _gate = new();
    private readonly HashSet<ProcessKey> _groups = [];
    private readonly StringBuilder _unsent = new();
    private readonly string _markerPrefix;
    private readonly bool _usePidfd;
    private ChildProcess? _process;
    private FileDescriptor? _pipe;

    public Guardian(string markerPrefix, bool usePidfd)
    {
        _markerPrefix = markerPrefix;
        _usePidfd = usePidfd;
    }

    /// <summary>Process id, once started.</summary>
    public int? ProcessId => _process?.Key.ProcessId;

    /// <summary>To be called before a process is started.</summary>
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

    /// <summary>Takes on a process group whose leader is this process.</summary>
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

    /// <summary>Leaves a process group alone: it is empty, and its id may be given to another.</summary>
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

    /// <summary>Lets the guardian do its work and go.</summary>
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
        // A guardian that lives would take the closing for its cue, so this is only for one that has died.
        _pipe?.Dispose();
        _pipe = null;
        using Pipe pipe = Pipe.Create(childReads: true);
        string path = Environment.GetEnvironmentVariable("PATH") ?? DefaultPath;
        _process = ChildProcess.Start(
            Shell,
            [Shell, "-c", GuardianScript.Text, "hcs-guardian", _markerPrefix],
            [$"PATH={path}"],
            "/",
            [pipe.Childs, null, null],
            observer: null);
        _process.Watch(_usePidfd);
        _pipe = pipe.TakeOurs();
        _unsent.Clear();
        Send(string.Concat(_groups.Select(group => $"+ {Line(group)}\n")));
    }

    // Never waits: what a stopped guardian does not take now goes before the next line.
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
