using System;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>The state of one process as one handle knows it.</summary>
/// <param name="system">The state of the handle on its system.</param>
/// <param name="processId">Id of the process inside the container.</param>
/// <param name="tellsExit">
/// True when the event of the exit is raised from here; false when another object raises it.
/// </param>
internal sealed class ProcessSignals(SystemSignals system, uint processId, bool tellsExit = true)
    : HandleSignals<ProcessStatus>(system.Id, HResult.ProcessAlreadyStopped, system.Lifetime.Limits)
{
    private static readonly TimeSpan s_graceForExit = TimeSpan.FromSeconds(1);

    internal SystemSignals System { get; } = system;

    internal uint ProcessId { get; } = processId;

    internal PendingWaits Waits { get; } = new();

    /// <summary>Queries the service for the status; the result is null when the handle no longer exists.</summary>
    internal Func<Task<ProcessStatus?>>? Query { get; set; }

    /// <summary>Called when the service reports that the process has ended, with or without a document.</summary>
    /// <param name="hresult">Result of the service's own wait.</param>
    /// <param name="document">ProcessStatus, if it came with the report.</param>
    internal async Task SignalExitAsync(int hresult, string? document)
    {
        ProcessStatus? status = Parse(document);
        if (status is null && hresult >= 0)
        {
            try
            {
                status = Query is { } query ? await AskAsync(query).ConfigureAwait(false) : null;
            }
            catch (HcsException e)
            {
                hresult = e.HResult;
            }
            catch (HcsDocumentException)
            {
                // The exit is certain, but its code is not known.
            }
        }

        Exit(status is { Exited: true } ? status : Unknown(hresult), document);
    }

    /// <summary>
    /// Queries for an exit whose event may never have come. It never reports an exit that did not happen.
    /// </summary>
    internal async Task CheckAsync(bool systemHasExited = false)
    {
        if (Exited.IsCompleted || Query is not { } query)
        {
            return;
        }

        try
        {
            ProcessStatus? status = await AskAsync(query).ConfigureAwait(false);
            if (status is { Exited: true })
            {
                Exit(status, null);
            }
            else if (systemHasExited && status is not null)
            {
                Exit(Unknown(HResult.SystemAlreadyStopped), null);
            }
        }
        catch (HcsException e) when (systemHasExited || SaysGone(e))
        {
            if (!systemHasExited)
            {
                // The event may be on its way, and only it has the exit code.
                await Task.Delay(s_graceForExit).ConfigureAwait(false);
            }

            Exit(Unknown(e.HResult), null);
        }
        catch (HcsDocumentException) when (systemHasExited)
        {
            Exit(Unknown(HResult.SystemAlreadyStopped), null);
        }
        catch (Exception e) when (e is HcsException or HcsDocumentException)
        {
            // The query is only a precaution; the event is still awaited.
        }
    }

    /// <summary>True when a refusal means that the process no longer exists.</summary>
    internal static bool SaysGone(HcsException e) =>
        e.Is(HResult.ProcessAlreadyStopped) || e.Is(HResult.SystemAlreadyStopped)
        || e.Is(HResult.SystemNotFound) || e.Is(HResult.ElementNotFound);

    /// <summary>
    /// Called when the service has disconnected: the handle can no longer be used. Earlier events are still processed.
    /// </summary>
    internal void Disconnect()
    {
        Lifetime.Refuse(HResult.ServiceDisconnect);
        System.TellInTurn(() => FailExit(HResult.ServiceDisconnect));
        Lifetime.End(HResult.ServiceDisconnect);
        Waits.EndAll(HResult.ServiceDisconnect, forEver: true);
    }

    internal override void Close()
    {
        System.Detach(this);
        base.Close();
    }

    private protected override string ExitFunction => nameof(IProcess.Exited);

    internal void Exit(ProcessStatus status, string? document)
    {
        if (!TryExit(status))
        {
            return;
        }

        System.Detach(this);
        if (tellsExit)
        {
            // An exit that was found by a query may be known before the earlier events of the callbacks have been read.
            System.ReportInOrder(ComputeSystemEventType.ProcessExited, document ?? HcsJson.Write(status), ProcessId);
        }
    }

    // A query is a call like any other: it has a deadline, and the handle is not closed while it runs.
    private Task<ProcessStatus?> AskAsync(Func<Task<ProcessStatus?>> query) => new BoundedCall(
        ComputeOperation.ProcessWait,
        Id,
        Lifetime,
        new CallOptions(default, ComputeOperation.Properties.DefaultTimeout())).RunAsync(_ => query());

    // The exit code is not known: LastWaitResult says that ExitCode is not valid.
    private ProcessStatus Unknown(int hresult) => new()
    {
        ProcessId = ProcessId,
        Exited = true,
        LastWaitResult = hresult < 0 ? hresult : HResult.ProcessAlreadyStopped,
    };

    private static ProcessStatus? Parse(string? document)
    {
        try
        {
            return ProcessStatusDocument.Read(document) is { Exited: true } status ? status : null;
        }
        catch (HcsDocumentException)
        {
            // The exit is certain, so the status is queried instead.
            return null;
        }
    }
}
