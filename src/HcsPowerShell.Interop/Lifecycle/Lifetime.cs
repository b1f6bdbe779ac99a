using System;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>
/// The period in which calls can be made: on a handle until it is closed or the service disconnects, on a service until
/// it is closed. It counts the running calls, so that their resources are released only after them.
/// </summary>
/// <param name="limits">The times of the operations, if they are not those of <see cref="ComputeOperations"/>.</param>
internal sealed class Lifetime(Func<ComputeOperation, TimeSpan>? limits = null)
{
    private readonly TaskCompletionSource<int> _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly object _gate = new();
    private int _calls;
    private int? _refusal;
    private Action? _release;

    /// <summary>The longest time to wait for an operation whose caller gives no time.</summary>
    internal Func<ComputeOperation, TimeSpan> Limits { get; } = limits ?? ComputeOperations.DefaultTimeout;

    /// <summary>Completes at the end of the lifetime, with the HRESULT that calls fail with from then on.</summary>
    internal Task<int> Over => _over.Task;

    /// <summary>Ends the lifetime. True the first time; the first code stays.</summary>
    internal bool End(int hresult) => _over.TrySetResult(Refuse(hresult));

    /// <summary>
    /// Lets no further call begin. Such a call fails once <see cref="End"/> is called, which must follow, on any
    /// thread.
    /// </summary>
    /// <returns>The code that calls will fail with; the first one stays.</returns>
    internal int Refuse(int hresult)
    {
        lock (_gate)
        {
            return _refusal ??= hresult;
        }
    }

    /// <summary>
    /// Begins a call; false when the lifetime is over. A call that has begun delays the release; a call that is refused
    /// does not.
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

    /// <summary>Ends a call.</summary>
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

    /// <summary>
    /// After the end of the lifetime, runs the release once no call is running: now, on the thread where the last call
    /// ends, or when the time has passed.
    /// </summary>
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
