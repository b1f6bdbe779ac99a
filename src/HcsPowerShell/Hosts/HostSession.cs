using System;
using System.Management.Automation.Runspaces;
using System.Threading;

namespace HcsPowerShell.Hosts;

/// <summary>The PowerShell session that leads to a host in another process. The session is the user's: it is never closed.</summary>
internal sealed class HostSession(PSSession session)
{
    private volatile string? _lasting;

    /// <summary>The name of the computer, as the user gave it to the session.</summary>
    public string Computer => session.ComputerName;

    /// <summary>The id that the engine marks objects with that it received through the session.</summary>
    public Guid InstanceId => session.InstanceId;

    /// <summary>False for a session that has broken, or that was disconnected or closed.</summary>
    public bool IsOpen => session.Runspace.RunspaceStateInfo.State == RunspaceState.Opened;

    /// <summary>The location of what is behind the session.</summary>
    public Elsewhere Place => Elsewhere.BehindSession(Computer, InstanceId);

    /// <summary>
    /// Begins a command on the session, until the result is disposed. The session runs one command at a time: others wait,
    /// but not for one that lasts as long as its target.
    /// </summary>
    /// <param name="command">The name of the command.</param>
    /// <param name="lasts">True for a command that lasts.</param>
    /// <exception cref="HostBusyException">The session runs a command that lasts.</exception>
    public IDisposable Begin(string command, bool lasts)
    {
        string? busy = lasts ? Interlocked.CompareExchange(ref _lasting, command, null) : _lasting;
        return busy is null ? new Run(lasts ? this : null) : throw new HostBusyException(
            $"the session to computer '{Computer}' is busy with {busy} and does one thing at a time.");
    }

    /// <summary>The runspace of the session.</summary>
    /// <exception cref="HostDisconnectedException">The session is not open.</exception>
    public Runspace OpenRunspace => IsOpen ? session.Runspace : throw Broken();

    /// <summary>The error for a session that is not open.</summary>
    /// <param name="cause">The failure that showed it.</param>
    public HostDisconnectedException Broken(Exception? cause = null) => new(
        $"the session to computer '{Computer}' is {session.Runspace.RunspaceStateInfo.State}, not Opened"
        + (cause is null ? "." : $": {cause.Message}"),
        cause);

    private sealed class Run(HostSession? lasting) : IDisposable
    {
        public void Dispose()
        {
            if (lasting is not null)
            {
                lasting._lasting = null;
            }
        }
    }
}

/// <summary>The session that leads to a host runs another command, which does not end by itself.</summary>
internal sealed class HostBusyException(string message) : Exception(message);

/// <summary>The session that leads to a host does not work any more, or the host was disconnected.</summary>
internal sealed class HostDisconnectedException(string message, Exception? cause = null) : Exception(message, cause);
