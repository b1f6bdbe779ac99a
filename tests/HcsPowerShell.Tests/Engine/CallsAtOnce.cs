using System;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Contract.Counting;

namespace HcsPowerShell.Tests.Engine;

/// <summary>
/// Counts the calls of one method that run at once. Each is held until the wanted number of them is under way, and a
/// moment longer, so that one too many is counted too.
/// </summary>
public sealed class CallsAtOnce : IDisposable
{
    // A command that makes fewer calls at once fails its test, and does not hang.
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(100);

    private readonly CallLedger _ledger;
    private readonly string _method;
    private readonly int _wanted;
    private readonly object _gate = new();
    private TaskCompletionSource _full = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _held;
    private int _running;
    private bool _isLate;

    public CallsAtOnce(Session session, string method, int wanted)
    {
        _ledger = session.Ledger;
        _method = method;
        _wanted = wanted;
        _ledger.Through = Through;
    }

    /// <summary>The largest number of calls that ran at once.</summary>
    public int Most { get; private set; }

    public void Dispose() => _ledger.Through = null;

    private async Task Through(string method, Func<Task> make)
    {
        if (method != _method)
        {
            await make();
            return;
        }

        Enter(out Task full);
        try
        {
            _isLate |= await Task.WhenAny(full, _isLate ? Task.CompletedTask : Task.Delay(s_limit)) != full;
            await Task.Delay(s_moment, CancellationToken.None);
            await make();
        }
        finally
        {
            lock (_gate)
            {
                _running--;
            }
        }
    }

    private void Enter(out Task full)
    {
        lock (_gate)
        {
            _running++;
            Most = Math.Max(Most, _running);
            full = _full.Task;
            if (++_held == _wanted)
            {
                _full.SetResult();
                _full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _held = 0;
            }
        }
    }
}
