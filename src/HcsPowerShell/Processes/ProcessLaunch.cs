using System;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Processes;

/// <summary>Starts processes and keeps their handles and pipes.</summary>
internal static class ProcessLaunch
{
    private static readonly TimeSpan s_toEnd = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Starts a process; keeps its handle and pipes until it has exited and its output was read, or until it is closed.
    /// </summary>
    public static async Task<HcsProcess> StartAsync(
        ContainerTarget target, ProcessConfig config, string commandLine, Deadline deadline)
    {
        using ContainerLease lease = await target.OpenAsync(deadline).ConfigureAwait(false);
        DateTimeOffset started = DateTimeOffset.Now;
        IProcess handle = await lease.Container.CreateProcessAsync(config, deadline).ConfigureAwait(false);
        ProcessStdio stdio = await GetStdioOrEndAsync(handle, deadline).ConfigureAwait(false);
        TrackedProcess tracked = target.Host.Handles.Add(target.Id, handle, stdio, started);
        return new HcsProcess(target.Host, target.Id, handle.ProcessId, tracked)
        {
            CommandLine = commandLine,
            ImageName = config.ApplicationName ?? commandLine.Split(' ')[0],
            Program = VisibleText.OfName(config.ApplicationName is { Length: > 0 } path ? path
                : config.CommandArgs is { Length: > 0 } arguments ? arguments[0]
                : ProgramOf(commandLine)),
            StartTime = started,
        };
    }

    /// <summary>
    /// The program of a command line, as Windows reads it: up to the closing quotation mark, or to the first blank.
    /// </summary>
    public static string ProgramOf(string commandLine)
    {
        string text = commandLine.TrimStart();
        bool isQuoted = text.StartsWith("\"", StringComparison.Ordinal);
        string[] parts = isQuoted ? text.Substring(1).Split('"') : text.Split(' ', '\t');
        return parts[0];
    }

    // A process without its pipes would continue unseen.
    private static async Task<ProcessStdio> GetStdioOrEndAsync(IProcess handle, Deadline deadline)
    {
        bool got = false;
        try
        {
            ProcessStdio stdio = await handle.GetStdioAsync(deadline).ConfigureAwait(false);
            got = true;
            return stdio;
        }
        finally
        {
            if (!got)
            {
                await EndAsync(handle, deadline).ConfigureAwait(false);
            }
        }
    }

    private static async Task EndAsync(IProcess handle, Deadline deadline)
    {
        try
        {
            await handle.KillAsync(deadline.ToCleanUp(s_toEnd)).ConfigureAwait(false);
        }
        catch (HcsException)
        {
            // The process has exited, or the service does not answer. The original failure is reported.
        }
        finally
        {
            UnreportedClose.Run(handle.Close);
        }
    }
}
