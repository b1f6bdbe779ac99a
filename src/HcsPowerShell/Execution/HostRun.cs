using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Errors;
using HcsPowerShell.Hosts;

namespace HcsPowerShell.Execution;

/// <summary>A command for a host behind a session, as the work of the command here: its errors name the host.</summary>
/// <param name="host">The host.</param>
/// <param name="command">The name of the command.</param>
/// <param name="arguments">The arguments of the command.</param>
/// <param name="input">The pipeline input of the command; null for none.</param>
/// <param name="lasts">True for a command that does not end by itself.</param>
/// <param name="screen">Writes a line that the command writes to the screen there.</param>
internal sealed class HostRun(
    HcsHost host,
    string command,
    IReadOnlyDictionary<string, object?> arguments,
    IReadOnlyList<object>? input,
    bool lasts,
    Action<string>? screen)
{
    /// <summary>Runs the command. A failure of the host is one error, and other hosts go on.</summary>
    public async Task RunAsync(ICommandOutput output, CancellationToken stop)
    {
        try
        {
            HostSession session = Session();
            using IDisposable begun = session.Begin(command, lasts);
            var there = new NamedOutput(host.Name, output);
            await new RemoteCommand(session, command, arguments, input, screen).RunAsync(
                objects => output.Objects([.. objects.Select(value => ReceivedObject.From(host, value))]),
                error => output.Error(HcsErrors.FromHost(
                    host,
                    error,
                    error.TargetObject is null ? null : ReceivedObject.From(host, PSObject.AsPSObject(error.TargetObject)))),
                there,
                stop).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            output.Error(HcsErrors.From(e, $"run {command} on host '{host}'", host));
        }
    }

    // An object remembers the host as it was. After a new connection, the same host is behind another session.
    private HostSession Session()
    {
        HcsHost now = host is { IsClosed: false, Session.IsOpen: true } ? host
            : HcsHosts.Find(host.HostInstance, host.Name) is { Session.IsOpen: true } again ? again
            : host;
        return now.IsClosed
            ? throw new HostDisconnectedException($"the host '{host}' has been disconnected.")
            : now.Session!;
    }
}
