using System;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Lifecycle;
using HcsPowerShell.Interop.Native;
using static HcsPowerShell.Interop.Native.ComputeCore;
using static HcsPowerShell.Interop.Native.Kernel32;

namespace HcsPowerShell.Interop.ComputeCore;

/// <summary>
/// The only class that uses an HCS_OPERATION: it creates one, uses it for one call, awaits it without blocking a
/// thread, gets its result and closes it. It closes the operation once its end is known, or once the handle it ran on
/// can no longer be used.
/// </summary>
internal sealed class HcsOperation
{
    private readonly string _function;
    private readonly string? _systemId;
    private readonly PendingWaits _owner;
    private readonly Func<SafeHcsOperationHandle, int> _submit;
    private readonly bool _hasProcess;

    /// <param name="function">The HCS function that is called.</param>
    /// <param name="systemId">Id of the system the call is made on, if any.</param>
    /// <param name="owner">
    /// The waits of the handle the call runs on, or of the call itself where there is no handle.
    /// </param>
    /// <param name="submit">The call.</param>
    /// <param name="hasProcess">True when the call answers with an HCS_PROCESS_INFORMATION.</param>
    internal HcsOperation(
        string function,
        string? systemId,
        PendingWaits owner,
        Func<SafeHcsOperationHandle, int> submit,
        bool hasProcess = false)
    {
        _function = function;
        _systemId = systemId;
        _owner = owner;
        _submit = submit;
        _hasProcess = hasProcess;
    }

    /// <exception cref="HcsException">The call was refused or has failed.</exception>
    internal async Task<OperationResult> RunAsync()
    {
        PendingWait wait = _owner.Begin();
        CallbackKey key = OperationCallbacks.Add(() => wait.End(hresult: 0));
        SafeHcsOperationHandle? operation = null;
        try
        {
            await ThrowIfOverAsync(wait).ConfigureAwait(false);
            int submitted;
            (operation, submitted) = await NativeCall.RunAsync(_function, _systemId, () => Submit(key))
                .ConfigureAwait(false);
            if (HResult.Same(submitted, NativeResult.CallbackAlreadySet))
            {
                return await RunWithoutCallbackAsync().ConfigureAwait(false);
            }

            if (submitted < 0)
            {
                throw Failure(submitted, Result(operation).Document);
            }

            await wait.Ended.ConfigureAwait(false);
            await ThrowIfOverAsync(wait).ConfigureAwait(false);
            OperationResult result = Result(operation);
            return HResult.Same(result.HResult, NativeResult.OperationPending)
                ? await PollAsync(operation).ConfigureAwait(false)
                : Check(result);
        }
        finally
        {
            key.Drop();
            _owner.Forget(wait);
            operation?.Dispose();
        }
    }

    /// <summary>A wait that ends with an error was ended by a close or a disconnect, not by its operation.</summary>
    private async Task ThrowIfOverAsync(PendingWait wait)
    {
        if (wait.Ended.IsCompleted && await wait.Ended.ConfigureAwait(false) is { HResult: < 0 } over)
        {
            throw Failure(over.HResult, null);
        }
    }

    private (SafeHcsOperationHandle Operation, int HResult) Submit(CallbackKey? key)
    {
        SafeHcsOperationHandle operation = OperationCallbacks.Create(key);
        if (operation.IsInvalid)
        {
            throw Failure(HResult.OutOfMemory, null);
        }

        try
        {
            return (operation, _submit(operation));
        }
        catch
        {
            operation.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Runs the call without a callback and polls for its end: other code has registered the handle for operation
    /// callbacks.
    /// </summary>
    private async Task<OperationResult> RunWithoutCallbackAsync()
    {
        (SafeHcsOperationHandle operation, int submitted) =
            await NativeCall.RunAsync(_function, _systemId, () => Submit(key: null)).ConfigureAwait(false);
        using (operation)
        {
            return submitted < 0
                ? throw Failure(submitted, Result(operation).Document)
                : await PollAsync(operation).ConfigureAwait(false);
        }
    }

    /// <summary>Waits in slices, so that a wait never outlives its handle by more than one slice.</summary>
    private async Task<OperationResult> PollAsync(SafeHcsOperationHandle operation)
    {
        const uint SliceMilliseconds = 250;
        while (true)
        {
            if (_owner.Over is { } over)
            {
                throw Failure(over, null);
            }

            OperationResult result = await NativeCall.RunAsync(
                _function, _systemId, () => Wait(operation, SliceMilliseconds)).ConfigureAwait(false);
            if (!HResult.Same(result.HResult, HResult.OperationTimeout))
            {
                return Check(result);
            }
        }
    }

    private OperationResult Result(SafeHcsOperationHandle operation)
    {
        HCS_PROCESS_INFORMATION process = default;
        int hresult = _hasProcess
            ? HcsGetOperationResultAndProcessInfo(operation, out process, out SafeLocalString document)
            : HcsGetOperationResult(operation, out document);
        return new OperationResult(hresult, document.Take(), process);
    }

    private OperationResult Wait(SafeHcsOperationHandle operation, uint milliseconds)
    {
        HCS_PROCESS_INFORMATION process = default;
        int hresult = _hasProcess
            ? HcsWaitForOperationResultAndProcessInfo(
                operation, milliseconds, out process, out SafeLocalString document)
            : HcsWaitForOperationResult(operation, milliseconds, out document);
        return new OperationResult(hresult, document.Take(), process);
    }

    private OperationResult Check(OperationResult result) =>
        result.HResult < 0 ? throw Failure(result.HResult, result.Document) : result;

    private HcsException Failure(int hresult, string? document) => new(_function, hresult, _systemId, document);
}

/// <summary>The result of an operation.</summary>
internal readonly record struct OperationResult(int HResult, string? Document, HCS_PROCESS_INFORMATION Process);
