using System.Threading.Tasks;
using HcsPowerShell.Interop.Lifecycle;
using HcsPowerShell.Interop.Native;
using static HcsPowerShell.Interop.Native.Ole32;

namespace HcsPowerShell.Interop.VmCompute;

/// <summary>The one place where functions of vmcompute are called and their answers taken.</summary>
internal static class VmComputeCall
{
    internal delegate int Answering(out SafeCoTaskString answer, out SafeCoTaskString result);

    internal delegate int Plain(out SafeCoTaskString result);

    /// <summary>A call that is over when it returns.</summary>
    /// <exception cref="HcsException">It was refused.</exception>
    internal static Task RunAsync(string function, string? systemId, Plain call) =>
        NativeCall.RunAsync(function, systemId, () => Check(function, systemId, Call(call)));

    /// <summary>A call with a document for an answer.</summary>
    /// <exception cref="HcsException">It was refused.</exception>
    internal static Task<string?> AskAsync(string function, string? systemId, Answering call) =>
        NativeCall.RunAsync(function, systemId, () =>
        {
            int hresult = call(out SafeCoTaskString answer, out SafeCoTaskString result);
            string? document = answer.Take();
            Check(function, systemId, (hresult, result.Take()));
            return document;
        });

    /// <summary>A call that may be accepted now and end later, by a notification.</summary>
    /// <exception cref="HcsException">It was refused, or has failed since.</exception>
    internal static async Task RunAsync(
        string function, string? systemId, PendingWaits waits, int completion, Plain call)
    {
        // The notification may come before the call returns.
        PendingWait wait = waits.Begin(completion);
        try
        {
            if (wait.Ended.IsCompleted)
            {
                // The handle is closed or the service has gone: nothing is called on it any more.
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

    /// <summary>Pending is no refusal: where the end matters it is awaited before this.</summary>
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
