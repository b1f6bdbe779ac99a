using System;
using System.Collections.Generic;

namespace HcsPowerShell;

/// <summary>The result of a process, with its output when <c>Invoke-HcsProcess -PassThru</c> collected it.</summary>
public sealed class HcsProcessResult : HcsOutput
{
    internal HcsProcessResult(HcsProcess process)
        : base(process.Host)
    {
        ContainerId = process.ContainerId;
        ProcessId = process.ProcessId;
        CommandLine = process.CommandLine;
        ExitCode = process.ExitCode;
        IsOutOfMemory = process.IsOutOfMemory;
        Duration = process.Tracked?.Duration;
    }

    /// <summary>The id of the container that the process ran in.</summary>
    public string ContainerId { get; }

    /// <summary>Process id inside the container.</summary>
    public uint ProcessId { get; }

    /// <summary>Exit code, 0 to 4294967295; null when the service does not know it.</summary>
    public long? ExitCode { get; }

    /// <summary>
    /// True when the embedded host killed the process (exit code 137) because the memory of its container was used up.
    /// </summary>
    public bool IsOutOfMemory { get; }

    /// <summary>
    /// True when the process was ended because the time of -TimeoutSec had passed; the output is what it wrote until
    /// then.
    /// </summary>
    public bool HasTimedOut { get; internal set; }

    /// <summary>The time from the start, or from when this session first saw the process, to the exit.</summary>
    public TimeSpan? Duration { get; internal set; }

    /// <summary>The command line, when this session started it.</summary>
    public string? CommandLine { get; }

    /// <summary>Lines of standard output; empty when they were not collected.</summary>
    public IReadOnlyList<string> StandardOutput { get; internal set; } = [];

    /// <summary>Lines of standard error; empty when they were not collected.</summary>
    public IReadOnlyList<string> StandardError { get; internal set; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"{ProcessId}: {ExitCode}";
}
