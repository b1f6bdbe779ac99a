using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.ProcessIsolation;

/// <summary>Statistics and process list of a sandbox, from /proc; for one thread at a time.</summary>
internal sealed class SandboxSampler(SandboxMembers members, Accounting accounting)
{
    private readonly ProcReader _reader = new();
    private ulong? _commitPeak;

    /// <summary>Samples the statistics; the caller sets timestamp, start and uptime.</summary>
    public Statistics Statistics()
    {
        accounting.BeginScan();
        List<(ProcStat Stat, ProcIo? Io)> scanned = [];
        List<ProcMemory?> memory = [];
        foreach (ProcStat process in members.Scan())
        {
            ProcIo? io = ProcIo.Read(_reader, process.Key.ProcessId);
            if (io is null && ProcStat.Read(_reader, process.Key.ProcessId)?.Key != process.Key)
            {
                // The process has ended since; only a process that still runs and hides its counters makes the sum
                // unknown.
                continue;
            }

            scanned.Add((process, io));
            if (process.IsAlive)
            {
                memory.Add(ProcMemory.Read(_reader, process.Key.ProcessId));
            }
        }

        ProcessCounters used = accounting.Sample(scanned);
        return new Statistics
        {
            Memory = Sum(memory),
            Processor = new ProcessorStats
            {
                TotalRuntime100ns = used.User100ns + used.Kernel100ns,
                RuntimeUser100ns = used.User100ns,
                RuntimeKernel100ns = used.Kernel100ns,
            },
            Storage = used.Io is not { } storage ? null : new StorageStats
            {
                ReadCountNormalized = storage.ReadCount,
                ReadSizeBytes = storage.ReadBytes,
                WriteCountNormalized = storage.WriteCount,
                WriteSizeBytes = storage.WriteBytes,
            },
        };
    }

    public IReadOnlyList<ProcessListItem> Processes() =>
    [
        .. members.Scan()
            .Where(process => process.IsAlive)
            .Select(process => ProcessDescription.Of(process, (uint)process.Key.ProcessId, _reader)),
    ];

    private MemoryStats Sum(List<ProcMemory?> memory)
    {
        // An exiting process has no memory any more; if no process reports memory, the kernel does not report it.
        List<ProcMemory> known = [.. memory.OfType<ProcMemory>()];
        if (known.Count == 0 && memory.Count > 0)
        {
            return new MemoryStats { MemoryUsageCommitPeakBytes = _commitPeak };
        }

        ulong commit = 0;
        ulong privateBytes = 0;
        foreach (ProcMemory process in known)
        {
            commit += process.CommitBytes;
            privateBytes += process.PrivateBytes;
            _commitPeak = Math.Max(_commitPeak ?? 0, process.PeakBytes);
        }

        if (_commitPeak < commit)
        {
            _commitPeak = commit;
        }

        return new MemoryStats
        {
            MemoryUsageCommitBytes = commit,
            MemoryUsageCommitPeakBytes = _commitPeak,
            MemoryUsagePrivateWorkingSetBytes = privateBytes,
        };
    }
}
