using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Threading;

namespace HcsPowerShell.Shell;

/// <summary>The latest progress record on one line of the terminal, redrawn at most ten times a second.</summary>
internal sealed class ProgressLine : IDisposable
{
    // Without automatic wrap a text of any width stays on its line.
    private const string WrapOff = "\e[?7l";
    private const string WrapOn = "\e[?7h";
    private const string EraseLine = "\r\e[K";
    private const int BarCells = 20;
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate;
    private readonly Func<bool> _mayDraw;
    private readonly Timer _timer;
    private readonly List<(long Source, ProgressRecord Record)> _active = [];
    private bool _isDrawn;
    private bool _isScheduled;

    public ProgressLine(Lock gate, Func<bool> mayDraw)
    {
        _gate = gate;
        _mayDraw = mayDraw;
        _timer = new Timer(_ => Draw());
    }

    public void Show(long source, ProgressRecord record)
    {
        lock (_gate)
        {
            _active.RemoveAll(shown => shown.Source == source && shown.Record.ActivityId == record.ActivityId);
            if (record.RecordType == ProgressRecordType.Processing)
            {
                _active.Add((source, record));
            }
            else if (_active.Count == 0)
            {
                Erase();
            }

            Schedule();
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _active.Clear();
            Erase();
        }
    }

    /// <summary>Makes way for other text until the next redraw; the caller holds the gate.</summary>
    public void Erase()
    {
        if (_isDrawn)
        {
            Console.Out.Write(EraseLine);
            _isDrawn = false;
            Schedule();
        }
    }

    public void Dispose()
    {
        Clear();
        _timer.Dispose();
    }

    private void Schedule()
    {
        if (_active.Count > 0 && !_isScheduled)
        {
            _isScheduled = true;
            _timer.Change(s_interval, Timeout.InfiniteTimeSpan);
        }
    }

    private void Draw()
    {
        lock (_gate)
        {
            _isScheduled = false;
            if (_active.Count > 0 && _mayDraw())
            {
                Console.Out.Write(WrapOff + EraseLine + Describe(_active[^1].Record) + WrapOn);
                _isDrawn = true;
            }
        }
    }

    private static string Describe(ProgressRecord record)
    {
        var text = new StringBuilder(record.Activity);
        if (record.PercentComplete >= 0)
        {
            int filled = Math.Min(record.PercentComplete, 100) * BarCells / 100;
            text.Append(" [").Append('#', filled).Append(' ', BarCells - filled).Append(']');
            text.Append(' ').Append(record.PercentComplete).Append('%');
        }

        if (record.SecondsRemaining >= 0)
        {
            text.Append(' ').Append(TimeSpan.FromSeconds(record.SecondsRemaining)).Append(" left");
        }

        text.Append(": ").Append(record.StatusDescription);
        if (!string.IsNullOrEmpty(record.CurrentOperation))
        {
            text.Append(" - ").Append(record.CurrentOperation);
        }

        return string.Concat(text.ToString().Select(character => char.IsControl(character) ? ' ' : character));
    }
}
