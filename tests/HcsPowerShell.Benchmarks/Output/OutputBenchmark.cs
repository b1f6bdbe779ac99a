using System;
using System.Collections.Generic;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.Output;

/// <summary>Measures the output of a process through the command against a direct read of its pipe.</summary>
internal static class OutputBenchmark
{
    private const int ByteFiles = 12;
    private const int LineFiles = 2;

    private const string Native = "param($command) $program, $arguments = $command; & $program $arguments | Out-Null";

    /// <param name="session">The session that runs the command, and the program through the engine alone.</param>
    /// <param name="writer">The process that writes.</param>
    /// <param name="invoked">The same process in a container.</param>
    /// <param name="rounds">The number of processes of each kind.</param>
    public static IReadOnlyList<Comparison> Run(ModuleSession session, Writer writer, InvokedWriter invoked, int rounds)
    {
        Comparison bytes = new("192 MiB of output, bytes / its pipe");
        Comparison lines = new("32 MiB of output, lines / its pipe");
        Comparison native = new("32 MiB of output, lines / by the engine alone");
        for (int i = -1; i < rounds; i++)
        {
            if (i == 0)
            {
                Array.ForEach([bytes, lines, native], comparison => comparison.Clear());
            }

            bytes.Module.Time(() => invoked.Run(InvokedWriter.Bytes, ByteFiles));
            bytes.Bare.Time(() => BarePipe.Read(writer.Command(ByteFiles)));
            lines.Module.Time(() => invoked.Run(InvokedWriter.Lines, LineFiles));
            lines.Bare.Time(() => BarePipe.Read(writer.Command(LineFiles)));
            native.Module.Time(() => invoked.Run(InvokedWriter.Lines, LineFiles));
            native.Bare.Time(() => session.RunScript(Native, ("command", writer.Command(LineFiles))));
        }

        return [bytes, lines, native];
    }
}
