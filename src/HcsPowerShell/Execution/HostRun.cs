using System;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Errors;
using HcsPowerShell.Hosts;

namespace HcsPowerShell.Execution;

/// <summary>A command for a host behind a session, as the work of the command here: its errors name the host.</summary>
/// <param name="call">The command.</param>
/// <param name="hasInput">True for a command that takes pipeline input.</param>
/// <param name="lasts">True for a command that does not end by itself.</param>
/// <param name="screen">Writes a line that the command writes to the screen there.</param>
internal sealed class HostRun(HostCall call, bool hasInput, bool lasts, Action<string>? screen)
{
    private HcsHost Host => call.Host;

    /// <summary>Runs the command; true when it wrote an object. A failure of the host is one error, and other hosts go on.</summary>
    public async Task<bool> RunAsync(ICommandOutput output, CancellationToken stop)
    {
        bool hasWritten = false;
        try
        {
            HostSession session = Session();
            var there = new NamedOutput(Host.Name, output);
            using IDisposable begun =
                await session.BeginAsync(call.Command, lasts, call.InputEnd, there.Warning, stop).ConfigureAwait(false);
            await new RemoteCommand(session, call.Command, call.Arguments, hasInput ? call.Input : null, screen).RunAsync(
                objects =>
                {
                    hasWritten = true;
                    Receive(output, [.. objects.Select(value => ReceivedObject.From(Host, value))]);
                },
                error => output.Error(HcsErrors.FromHost(
                    Host,
                    error,
                    error.TargetObject is null ? null : ReceivedObject.From(Host, PSObject.AsPSObject(error.TargetObject)))),
                there,
                stop).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            output.Error(HcsErrors.From(e, $"run {call.Command} on host '{Host}'", Host));
        }

        return hasWritten;
    }

    private void Receive(ICommandOutput output, object[] objects)
    {
        if (call.Receive is { } receive)
        {
            Array.ForEach(objects, receive.Invoke);
        }
        else
        {
            output.Objects(objects);
        }
    }

    // An object remembers the host as it was. After a new connection, the same host is behind another session.
    private HostSession Session()
    {
        HcsHost now = Host is { IsClosed: false, Session.IsOpen: true } ? Host
            : HcsHosts.Find(Host.HostInstance, Host.Name) is { Session.IsOpen: true } again ? again
            : Host;
        return now.IsClosed
            ? throw new HostDisconnectedException($"the host '{Host}' has been disconnected.")
            : now.Session!;
    }
}
