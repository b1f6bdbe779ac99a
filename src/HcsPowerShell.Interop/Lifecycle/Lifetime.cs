using System;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>
/// The time in which calls can be made: on a handle until it is closed or the service has gone, on a service until it is
/// left. It counts the calls at work, so that what they use is let go only after them.
/// </summary>
internal sealed class Lifetime
{
    private readonly TaskCompletionSource<int> _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly object _gate = new();
    private int _calls;
    private int? _refusal;
    private Action? _release;

    /// <summary>Completes at its end, with the HRESULT that calls fail with from then on.</summary>
    internal Task<int> Over => _over.Task;

    /// <summary>True the first time; the first code stays.</summary>
    internal bool End(int hresult) => _over.TrySetResult(Refuse(hresult));

    /// <summary>No call begins any more. It fails at the end, which has to follow, whoever brings that about.</summary>
    /// <returns>The code calls will fail with: the first one stays.</returns>
    internal int Refuse(int hresult)
    {
        lock (_gate)
        {
            return _refusal ??= hresult;
        }
    }

    /// <summary>A call begins, unless the time is over. One that has begun holds up the release, one that comes after cannot.
    /// </summary>
    internal bool TryEnter()
    {
        lock (_gate)
        {
            if (_refusal is not null)
            {
                return false;
            }

            _calls++;
            return true;
        }
    }

    /// <summary>A call is no longer at work.</summary>
    internal void Leave()
    {
        Action? release = null;
        lock (_gate)
        {
            if (--_calls == 0)
            {
                release = TakeRelease();
            }
        }

        release?.Invoke();
    }

    /// <summary>After the end, lets go once no call is at work: now, on the thread where the last one ends, or when the time has passed.</summary>
    internal void ReleaseAfterCalls(Action release, TimeSpan limit)
    {
        lock (_gate)
        {
            if (_calls != 0)
            {
                var clock = new Timer(_ => ReleaseNow(), null, limit, Timeout.InfiniteTimeSpan);
                _release = () =>
                {
                    clock.Dispose();
                    release();
                };
                return;
            }
        }

        release();
    }

    private void ReleaseNow()
    {
        Action? release;
        lock (_gate)
        {
            release = TakeRelease();
        }

        release?.Invoke();
    }

    private Action? TakeRelease()
    {
        Action? release = _release;
        _release = null;
        return release;
    }
}
