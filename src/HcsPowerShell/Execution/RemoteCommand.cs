using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Remoting;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Errors;
using HcsPowerShell.Hosts;

namespace HcsPowerShell.Execution;

/// <summary>
/// Runs one command on a host behind a session, as a command with arguments and never as script: a constrained endpoint
/// allows it. Its output comes as it is produced.
/// </summary>
/// <param name="host">The host.</param>
/// <param name="command">The name of the command.</param>
/// <param name="arguments">The arguments of the command.</param>
/// <param name="input">The pipeline input of the command, which is sent as it comes; null for none.</param>
/// <param name="screen">Writes a line that the command writes to the screen there.</param>
internal sealed class RemoteCommand(
    HostSession host,
    string command,
    IReadOnlyDictionary<string, object?> arguments,
    PSDataCollection<object>? input,
    Action<string>? screen)
{
    // The far side can lose a stop that comes while it still begins the command, and the session is busy for ever after.
    // Nothing tells that it has begun.
    private static readonly TimeSpan s_untilBegun = TimeSpan.FromMilliseconds(300);

    // A broken connection does not confirm a stop.
    private static readonly TimeSpan s_stopLimit = TimeSpan.FromSeconds(5);

    /// <summary>Runs the command to its end.</summary>
    /// <param name="receive">Writes objects that the command wrote.</param>
    /// <param name="fail">Writes an error that the command wrote.</param>
    /// <param name="output">The output for the rest.</param>
    /// <param name="stop">Stops the command there.</param>
    /// <exception cref="HostDisconnectedException">The session is not open, or broke meanwhile.</exception>
    /// <exception cref="ModuleMissingException">The command does not exist there.</exception>
    public async Task RunAsync(
        Action<IReadOnlyList<PSObject>> receive, Action<ErrorRecord> fail, ICommandOutput output, CancellationToken stop)
    {
        var shell = PowerShell.Create();
        shell.Runspace = host.OpenRunspace;
        shell.AddCommand(command);
        foreach (KeyValuePair<string, object?> argument in arguments)
        {
            shell.AddParameter(argument.Key, argument.Value);
        }

        var received = new ReceivedStreams(shell, receive, fail, output);
        Task begun = Task.Delay(s_untilBegun, CancellationToken.None);
        Task running = Task.Factory.FromAsync(
            shell.BeginInvoke(
                input,
                received.Objects,
                new PSInvocationSettings { Host = new RemoteScreen(screen) },
                callback: null,
                state: null),
            result => shell.EndInvoke(result));
        try
        {
            await received.WriteUntilAsync(running, stop).ConfigureAwait(false);
            await running.ConfigureAwait(false);
        }
        catch (RemoteException e) when (e.ErrorRecord?.FullyQualifiedErrorId == "CommandNotFoundException")
        {
            throw new ModuleMissingException(
                $"computer '{host.Computer}' has no command {command} for this session: the module HcsPowerShell is missing "
                + "or older there, or the role of the session does not have the command.",
                e);
        }
        catch (RemoteException e) when (e.ErrorRecord is not null)
        {
            fail(e.ErrorRecord);
        }
        catch (Exception e) when (e is PSRemotingTransportException || (e is not OperationCanceledException && !host.IsOpen))
        {
            throw host.Broken(e);
        }
        finally
        {
            await EndAsync(shell, running, begun).ConfigureAwait(false);
        }
    }

    private async Task EndAsync(PowerShell shell, Task running, Task begun)
    {
        await Task.WhenAny(running, begun).ConfigureAwait(false);
        if (!running.IsCompleted)
        {
            _ = shell.BeginStop(callback: null, state: null);
            using var limit = new CancellationTokenSource(s_stopLimit);
            await Task.WhenAny(running, Task.Delay(Timeout.Infinite, limit.Token)).ConfigureAwait(false);
            await Task.WhenAny(host.UntilAvailableAsync(limit.Token)).ConfigureAwait(false);
        }

        _ = running.ContinueWith(
            ended =>
            {
                _ = ended.Exception;
                shell.Dispose();
            },
            TaskScheduler.Default);
    }

    /// <summary>
    /// Takes the output of the command in the order in which it comes. The engine's own threads only queue it: a slow
    /// pipeline must not hold up the session.
    /// </summary>
    private sealed class ReceivedStreams
    {
        private readonly ConcurrentQueue<object> _queue = new();

        // It is not disposed, because an event may still come.
        private readonly SemaphoreSlim _more = new(0);
        private readonly Action<IReadOnlyList<PSObject>> _receive;

        public ReceivedStreams(
            PowerShell shell, Action<IReadOnlyList<PSObject>> receive, Action<ErrorRecord> fail, ICommandOutput output)
        {
            _receive = receive;
            Follow(Objects, static value => value);
            Follow(shell.Streams.Error, record => (Action)(() => fail(record)));
            Follow(shell.Streams.Warning, record => (Action)(() => output.Warning(record.Message)));
            Follow(shell.Streams.Verbose, record => (Action)(() => output.Verbose(record.Message)));
            Follow(shell.Streams.Debug, record => (Action)(() => output.Debug(record.Message)));
            Follow(shell.Streams.Progress, record => (Action)(() => output.Progress(record)));
        }

        public PSDataCollection<PSObject> Objects { get; } = [];

        public async Task WriteUntilAsync(Task running, CancellationToken stop)
        {
            _ = running.ContinueWith(_ => _more.Release(), TaskScheduler.Default);
            bool ended;
            do
            {
                await _more.WaitAsync(stop).ConfigureAwait(false);
                ended = running.IsCompleted;
                Write();
            }
            while (!ended);
        }

        private void Write()
        {
            List<PSObject> objects = [];
            while (_queue.TryDequeue(out object? next))
            {
                if (next is PSObject value)
                {
                    objects.Add(value);
                    continue;
                }

                WriteObjects();
                ((Action)next)();
            }

            WriteObjects();

            void WriteObjects()
            {
                if (objects.Count > 0)
                {
                    _receive(objects);
                    objects = [];
                }
            }
        }

        private void Follow<T>(PSDataCollection<T> stream, Func<T, object> entry)
        {
            stream.DataAdded += (_, _) =>
            {
                foreach (T record in stream.ReadAll())
                {
                    _queue.Enqueue(entry(record));
                }

                _more.Release();
            };
        }
    }
}
