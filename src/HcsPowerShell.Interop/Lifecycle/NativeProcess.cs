using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>
/// Base class of a process that is operated through either Windows library. Changes are sent as documents, and the exit
/// notification may be missed.
/// </summary>
internal abstract class NativeProcess : ProcessBase
{
    /// <param name="state">The state that callbacks write to.</param>
    /// <param name="stdio">The streams of a process that was started through this handle.</param>
    private protected NativeProcess(ProcessSignals state, ProcessStdio? stdio)
        : base(state, stdio) =>
        state.System.Attach(state);

    /// <summary>Asks the library to end the process.</summary>
    private protected abstract Task TerminateAsync();

    /// <summary>Sends a ProcessModifyRequest.</summary>
    private protected abstract Task ModifyAsync(string settings);

    /// <summary>Closes the native handles; the callback first where the library requires that.</summary>
    private protected abstract void CloseHandle();

    private protected sealed override async Task KillAsync(CancellationToken abandoned)
    {
        try
        {
            await TerminateAsync().ConfigureAwait(false);
        }
        catch (HcsException e) when (ProcessSignals.SaysGone(e))
        {
            State.CheckAsync().Forget();
            throw new HcsException(e.Function, HResult.ProcessAlreadyStopped, e.SystemId, e.ResultDocument, e);
        }
        catch (HcsException e) when (e.Is(HResult.AccessDenied))
        {
            // Windows returns this for a process that is already being terminated, perhaps through another handle.
        }
    }

    private protected sealed override Task ResizeConsoleAsync(
        ushort width, ushort height, CancellationToken abandoned) => ModifyAsync(HcsJson.Write(new ProcessModifyRequest
        {
            Operation = "ConsoleSize",
            ConsoleSize = new ConsoleSize { Height = height, Width = width },
        }));

    private protected sealed override Task CloseStdinAsync(CancellationToken abandoned) =>
        ModifyAsync(HcsJson.Write(new ProcessModifyRequest
        {
            Operation = "CloseHandle",
            CloseHandle = new CloseHandle { Handle = "StdIn" },
        }));

    // It is not documented whether an exit before the callback was set is still reported, so the status is queried
    // once.
    private protected sealed override void ExitAwaited() => State.CheckAsync().Forget();

    private protected sealed override void Release()
    {
        State.Waits.EndAll(HResult.InvalidHandle, forEver: true);
        CloseHandle();
    }
}
