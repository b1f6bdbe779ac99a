using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;

namespace HcsPowerShell.Completion;

/// <summary>Asks a host behind a session for a command line that is being completed.</summary>
internal static class ListedElsewhere
{
    /// <summary>Returns the objects that a command writes there; none when the session is at work.</summary>
    /// <param name="host">The host.</param>
    /// <param name="command">The name of the command.</param>
    /// <param name="stop">Stops the command there.</param>
    /// <param name="id">The id of the container; null for all.</param>
    public static async Task<IReadOnlyList<PSObject>> AskAsync(
        HcsHost host, string command, CancellationToken stop, string? id = null)
    {
        List<PSObject> answers = [];
        if (host.Session is not { IsOpen: true, IsBusy: false } session)
        {
            return answers;
        }

        Dictionary<string, object?> arguments = new() { ["ErrorAction"] = nameof(ActionPreference.SilentlyContinue) };
        if (id is not null)
        {
            arguments["Id"] = id;
        }

        using IDisposable begun =
            await session.BeginAsync(command, lasts: false, Task.CompletedTask, _ => { }, stop).ConfigureAwait(false);
        await new RemoteCommand(session, command, arguments, input: null, screen: null)
            .RunAsync(answers.AddRange, _ => { }, new Silence(), stop).ConfigureAwait(false);
        return answers;
    }

    /// <summary>Drops what a command tells people.</summary>
    private sealed class Silence : ICommandOutput
    {
        public long Held => 0;

        public void Object(object value)
        {
        }

        public void Objects(IReadOnlyList<object> values)
        {
        }

        public void Error(ErrorRecord record)
        {
        }

        public void StandardError(string line, HcsProcess process)
        {
        }

        public void Warning(string message)
        {
        }

        public void Verbose(string message)
        {
        }

        public void Debug(string message)
        {
        }

        public void Progress(ProgressRecord record)
        {
        }
    }
}
