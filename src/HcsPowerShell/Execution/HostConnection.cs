using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Hosts;

namespace HcsPowerShell.Execution;

/// <summary>Asks for the host behind a session.</summary>
internal static class HostConnection
{
    private const string Command = "Get-HcsHost";

    /// <summary>The host, which this process knows from now on.</summary>
    /// <param name="session">The session.</param>
    /// <param name="name">The name of the host in this process.</param>
    /// <param name="output">The output for what the command there writes besides.</param>
    /// <param name="stop">Stops the command there.</param>
    /// <exception cref="HostDisconnectedException">The session is not open.</exception>
    /// <exception cref="ModuleMissingException">The module is not there.</exception>
    /// <exception cref="HostExistsException">The name or the host is taken.</exception>
    public static async Task<HcsHost> MakeAsync(
        HostSession session, string name, ICommandOutput output, CancellationToken stop)
    {
        List<PSObject> answers = [];
        ErrorRecord? failure = null;
        var there = new NamedOutput(name, output);
        using (await session.BeginAsync(Command, lasts: false, Task.CompletedTask, there.Warning, stop).ConfigureAwait(false))
        {
            await new RemoteCommand(session, Command, new Dictionary<string, object?>(), input: null, screen: null)
                .RunAsync(answers.AddRange, error => failure ??= error, there, stop).ConfigureAwait(false);
        }

        if (answers.FirstOrDefault() is not { } answer)
        {
            throw new ModuleMissingException(
                $"{Command} on computer '{session.Computer}' gave no host: {failure?.ToString() ?? "no answer."}",
                failure?.Exception);
        }

        HcsHost host = ReceivedObject.Host(session, name, answer);
        Version? own = HcsHosts.ModuleVersion;
        if (host.ModuleVersion != own)
        {
            output.Warning(
                $"Computer '{session.Computer}' has version {host.ModuleVersion?.ToString() ?? "unknown"} of HcsPowerShell, this "
                + $"session has {own}: what only one of them knows is an error.");
        }

        return HcsHosts.Add(host);
    }
}
