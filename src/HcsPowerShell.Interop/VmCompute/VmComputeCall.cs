using System.Threading.Tasks;
using HcsPowerShell.Interop.Lifecycle;
using HcsPowerShell.Interop.Native;
using static HcsPowerShell.Interop.Native.Ole32;

namespace HcsPowerShell.Interop.VmCompute;

/// <summary>Calls functions of vmcompute and takes their answers.</summary>
internal static class VmComputeCall
{
    internal delegate int Answering(out SafeCoTaskString answer, out SafeCoTaskString result);

    internal delegate int Plain(out SafeCoTaskString result);

    /// <summary>Makes a call that has ended when it returns.</summary>
    /// <exception cref="HcsException">The call was refused.</exception>
    internal static Task RunAsync(string function, string? systemId, Plain call) =>
        NativeCall.RunAsync(function, systemId, () => Check(function, systemId, Call(call)));

    /// <summary>Makes a call whose answer is a document.</summary>
    /// <exception cref="HcsException">The call was refused.</exception>
    internal static Task<string?> AskAsync(string function, string? systemId, Answering call) =>
        NativeCall.RunAsync(function, systemId, () =>
        {
            int hresult = call(out SafeCoTaskString answer, out SafeCoTaskString result);
            string? document = answer.Take();
            Check(function, systemId, (hresult, result.Take()));
            return document;
        });

    /// <summary>Makes a call that may be accepted now and end later, with a notification.</summary>
    /// <exception cref="HcsException">The call was refused, or has failed since.</exception>
    internal static async Task RunAsync(
        string function, string? systemId, PendingWaits waits, int completion, Plain call)
    {
        // The notification may come before the call returns.
        PendingWait wait = waits.Begin(completion);
        try
        {
            if (wait.Ended.IsCompleted)
            {
                // The handle is closed or the service has disconnected: no call is made any more.
                Check(function, systemId, await wait.Ended.ConfigureAwait(false));
            }

            (int hresult, string? document) =
                await NativeCall.RunAsync(function, systemId, () => Call(call)).ConfigureAwait(false);
            if (HResult.Same(hresult, NativeResult.VmComputePending))
            {
                (hresult, document) = await wait.Ended.ConfigureAwait(false);
            }

            Check(function, systemId, (hresult, document));
        }
        finally
        {
            waits.Forget(wait);
        }
    }

    /// <summary>
    /// Throws for a refusal. A pending result is not a refusal: where the end matters, it is awaited before this check.
    /// </summary>
    internal static (int HResult, string? Document) Check(
        string function, string? systemId, (int HResult, string? Document) end) =>
        end.HResult < 0 && !HResult.Same(end.HResult, NativeResult.VmComputePending)
            ? throw new HcsException(function, end.HResult, systemId, end.Document)
            : end;

    private static (int HResult, string? Document) Call(Plain call)
    {
        int hresult = call(out SafeCoTaskString result);
        return (hresult, result.Take());
    }
}
