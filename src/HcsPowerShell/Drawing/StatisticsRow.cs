using System.Collections.Generic;

namespace HcsPowerShell.Drawing;

/// <summary>The row of one container in a table of statistics: the last values, oldest first.</summary>
/// <param name="containerId">The id of the container.</param>
/// <param name="computer">The computer of the container; null in a table of one computer.</param>
internal sealed class StatisticsRow(string containerId, string? computer = null)
{
    // More values than a chart shows in any terminal.
    private const int Kept = 200;

    private readonly Queue<double?> _cpu = new();
    private readonly Queue<double?> _memory = new();
    private readonly Queue<double?> _storage = new();

    public string ContainerId => containerId;

    /// <summary>The computer of the container; null in a table of one computer.</summary>
    public string? Computer => computer;

    /// <summary>Percent of one processor.</summary>
    public IReadOnlyCollection<double?> Cpu => _cpu;

    /// <summary>Bytes.</summary>
    public IReadOnlyCollection<double?> Memory => _memory;

    /// <summary>Bytes read and written, per second.</summary>
    public IReadOnlyCollection<double?> Storage => _storage;

    public bool HasExited { get; private set; }

    public void Add(double? cpuPercent, double? memoryBytes, double? storageBytesPerSec)
    {
        HasExited = false;
        Add(_cpu, cpuPercent);
        Add(_memory, memoryBytes);
        Add(_storage, storageBytesPerSec);
    }

    public void Exit()
    {
        Add(null, null, null);
        HasExited = true;
    }

    private static void Add(Queue<double?> values, double? value)
    {
        values.Enqueue(value);
        if (values.Count > Kept)
        {
            values.Dequeue();
        }
    }
}
