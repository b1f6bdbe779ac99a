using System.Collections.Generic;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.Output;

/// <summary>
/// Measures the output of a process: the peak memory that it takes in a new process, and its time beside a direct read of
/// its pipe.
/// </summary>
internal sealed class OutputBenchmark : IFamily
{
    private const int ByteFiles = 12;
    private const int LineFiles = 2;
    private const double MostBytes = 100e6;
    private const string Native = "param($command) $program, $arguments = $command; & $program $arguments | Out-Null";

    private readonly Figure _discarded = new("memory-out-null", 1);
    private readonly Figure _kept = new("memory-kept", 2);

    public IReadOnlyList<Figure> Figures => [_discarded, _kept];

    public void Run(Effort effort, Report report)
    {
        long discarded = OutputMemory.Take(OutputMemory.Discard);
        report.Add(_discarded, discarded / MostBytes, $"{discarded / 1e6:0} MB above the empty session, for 192 MiB of lines");
        long kept = OutputMemory.Take(OutputMemory.Keep);
        long strings = Writer.BytesOfStrings(OutputMemory.Files);
        report.Add(_kept, (double)kept / strings, $"{kept / 1e6:0} MB above the empty session, for strings of {strings / 1e6:0} MB");
        using ModuleSession session = new(("Embedded", true), ("Isolation", "Process"));
        using Writer writer = new();
        using InvokedWriter invoked = new(session, writer);
        Comparison bytes = new("192 MiB of output, bytes / its pipe");
        Comparison lines = new("32 MiB of output, lines / its pipe");
        Comparison native = new("32 MiB of output, lines / by the engine alone");
        effort.Repeat(
            warmUps: 1,
            rounds: 5,
            () =>
            {
                bytes.Module.Time(() => invoked.Run(InvokedWriter.Bytes, ByteFiles));
                bytes.Bare.Time(() => BarePipe.Read(writer.Command(ByteFiles)));
                lines.Module.Time(() => invoked.Run(InvokedWriter.Lines, LineFiles));
                lines.Bare.Time(() => BarePipe.Read(writer.Command(LineFiles)));
                native.Module.Time(() => invoked.Run(InvokedWriter.Lines, LineFiles));
                native.Bare.Time(() => session.RunScript(Native, ("command", writer.Command(LineFiles))));
            },
            bytes,
            lines,
            native);
        report.Add(bytes, lines, native);
    }
}
