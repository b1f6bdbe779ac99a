using System.Collections.Generic;
using System.Threading.Tasks;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>
/// The pending waits on one handle, so that all of them can be ended when the handle is closed or the service
/// disconnects.
/// </summary>
internal sealed class PendingWaits
{
    private readonly List<PendingWait> _waits = [];
    private int? _over;

    /// <summary>HRESULT of every wait from now on, once the handle can no longer be used.</summary>
    internal int? Over
    {
        get
        {
            lock (_waits)
            {
                return _over;
            }
        }
    }

    /// <summary>
    /// Begins a wait. To be called before the native call, whose end may be reported before it returns.
    /// </summary>
    internal PendingWait Begin(int kind = 0)
    {
        var wait = new PendingWait(kind);
        lock (_waits)
        {
            if (_over is { } hresult)
            {
                wait.End(hresult);
            }
            else
            {
                _waits.Add(wait);
            }
        }

        return wait;
    }

    internal void Forget(PendingWait wait)
    {
        lock (_waits)
        {
            _waits.Remove(wait);
        }
    }

    /// <summary>Ends the waits of one kind.</summary>
    internal void End(int kind, int hresult, string? document)
    {
        lock (_waits)
        {
            foreach (PendingWait wait in _waits.FindAll(w => w.Kind == kind))
            {
                _waits.Remove(wait);
                wait.End(hresult, document);
            }
        }
    }

    /// <summary>Ends every current wait and, when the handle can no longer be used, every later one at once.</summary>
    internal void EndAll(int hresult, bool forEver)
    {
        lock (_waits)
        {
            if (forEver)
            {
                _over ??= hresult;
            }

            foreach (PendingWait wait in _waits)
            {
                wait.End(hresult);
            }

            _waits.Clear();
        }
    }
}

/// <summary>Waits for the end of one accepted call.</summary>
/// <param name="kind">The notification that reports the end; 0 when the end is reported in another way.</param>
internal sealed class PendingWait(int kind)
{
    // A completion comes on a thread of HCS, which must never run the code that waits for it.
    private readonly TaskCompletionSource<(int HResult, string? Document)> _end =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal int Kind { get; } = kind;

    /// <summary>HRESULT of the call and the document that came with it.</summary>
    internal Task<(int HResult, string? Document)> Ended => _end.Task;

    internal void End(int hresult, string? document = null) => _end.TrySetResult((hresult, document));
}
