using System;
using System.Collections.Generic;

namespace HcsPowerShell;

/// <summary>How a process ended; with its output when <c>Invoke-HcsProcess -PassThru</c> collected it.</summary>
public sealed class HcsProcessResult
{
    internal HcsProcessResult(HcsProcess process)
    {
        HcsHost = process.HcsHost;
        ContainerId = process.ContainerId;
        ProcessId = process.ProcessId;
        CommandLine = process.CommandLine;
        ExitCode = process.ExitCode;
        IsOutOfMemory = process.IsOutOfMemory;
        Duration = process.Tracked?.Duration;
    }

    /// <summary>The container it ran in.</summary>
    public string ContainerId { get; }

    /// <summary>Process id inside the container.</summary>
    public uint ProcessId { get; }

    /// <summary>Exit code, 0 to 4294967295; null when the service does not know it.</summary>
    public long? ExitCode { get; }

    /// <summary>The embedded host killed it (exit code 137) because the memory of its container was used up.</summary>
    public bool IsOutOfMemory { get; }

    /// <summary>The time of -TimeoutSec had passed and ended it; the output is what it wrote until then.</summary>
    public bool HasTimedOut { get; internal set; }

    /// <summary>From the start, or from when this session first saw it, to the exit.</summary>
    public TimeSpan? Duration { get; }

    /// <summary>The command line, when this session started it.</summary>
    public string? CommandLine { get; }

    /// <summary>Lines of standard output; empty when not collected.</summary>
    public IReadOnlyList<string> StandardOutput { get; internal set; } = [];

    /// <summary>Lines of standard error; empty when not collected.</summary>
    public IReadOnlyList<string> StandardError { get; internal set; } = [];

    /// <summary>The host it ran on.</summary>
    public HcsHost HcsHost { get; }

    /// <summary>Name of the computer that host is on.</summary>
    public string ComputerName => HcsHost.ComputerName;

    /// <summary>Tells that host from every other, in whatever process.</summary>
    public Guid HostInstance => HcsHost.HostInstance;

    /// <inheritdoc/>
    public override string ToString() => $"{ProcessId}: {ExitCode}";
}
