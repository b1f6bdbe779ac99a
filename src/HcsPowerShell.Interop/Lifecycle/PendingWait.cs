using System.Threading.Tasks;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>Waits for the end of one accepted call.</summary>
/// <param name="kind">The notification that tells of it, 0 when something else does.</param>
internal sealed class PendingWait(int kind)
{
    // A completion comes on a thread of HCS, which must never run what waits for it.
    private readonly TaskCompletionSource<(int HResult, string? Document)> _end =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal int Kind { get; } = kind;

    /// <summary>HRESULT of the call and the document that came with it.</summary>
    internal Task<(int HResult, string? Document)> Ended => _end.Task;

    internal void End(int hresult, string? document = null) => _end.TrySetResult((hresult, document));
}
