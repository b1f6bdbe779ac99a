using System;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>What is known of one process through one handle.</summary>
internal sealed class ProcessState(SystemState system, uint processId)
{
    private static readonly TimeSpan s_graceForExit = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource<ProcessStatus> _exit =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal SystemState System { get; } = system;

    internal uint ProcessId { get; } = processId;

    internal Task<ProcessStatus> Exited => _exit.Task;

    internal PendingWaits Waits { get; } = new();

    /// <summary>Asks the service for the status; null when the handle is no more.</summary>
    internal Func<Task<ProcessStatus?>>? Query { get; set; }

    /// <summary>The service says the process has ended, with or without a document.</summary>
    /// <param name="hresult">Result of the service's own wait.</param>
    /// <param name="document">ProcessStatus, if it came along.</param>
    internal async Task SignalExitAsync(int hresult, string? document)
    {
        ProcessStatus? status = Parse(document);
        if (status is null && hresult >= 0)
        {
            try
            {
                status = Query is { } query ? await query().ConfigureAwait(false) : null;
            }
            catch (HcsException e)
            {
                hresult = e.HResult;
            }
            catch (HcsDocumentException)
            {
                // The exit is certain, its code is not known.
            }
        }

        Exit(status is { Exited: true } ? status : Unknown(hresult), document);
    }

    /// <summary>Looks for an exit whose event may never have come. It reports none that did not happen.</summary>
    internal async Task CheckAsync(bool systemHasExited = false)
    {
        if (_exit.Task.IsCompleted || Query is not { } query)
        {
            return;
        }

        try
        {
            ProcessStatus? status = await query().ConfigureAwait(false);
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
            // Asking was a precaution; the event is still awaited.
        }
    }

    /// <summary>True when a refusal means that the process is no more.</summary>
    internal static bool SaysGone(HcsException e) =>
        e.Is(HResult.ProcessAlreadyStopped) || e.Is(HResult.SystemAlreadyStopped)
        || e.Is(HResult.SystemNotFound) || e.Is(HResult.ElementNotFound);

    /// <summary>No exit will be heard of: the service has gone, or the handle is closed.</summary>
    internal void Fail(int hresult)
    {
        Waits.EndAll(hresult, forEver: true);
        _exit.TrySetException(new HcsException(nameof(IProcess.Exited), hresult, System.Id));
        _exit.Task.Forget();
    }

    internal void Close()
    {
        System.Detach(this);
        Fail(HResult.InvalidHandle);
    }

    private void Exit(ProcessStatus status, string? document)
    {
        if (_exit.TrySetResult(status))
        {
            System.Detach(this);
            System.Report(ComputeSystemEventType.ProcessExited, document ?? HcsJson.Write(status), ProcessId);
        }
    }

    // An exit code nobody knows is no exit code: LastWaitResult says that ExitCode is not valid.
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
            // The exit is certain, so the status is asked for instead.
            return null;
        }
    }
}
