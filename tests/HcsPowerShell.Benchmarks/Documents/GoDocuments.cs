using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.Documents;

/// <summary>The documents by Go's encoding/json, in a program that is built here and keeps running.</summary>
internal sealed class GoDocuments : IDisposable
{
    private readonly Process _program;

    /// <param name="folder">The folder with the documents, for the program.</param>
    /// <exception cref="MissingException">There is no Go.</exception>
    public GoDocuments(string folder)
    {
        if (!File.Exists("/usr/bin/go"))
        {
            throw new MissingException("needs the package golang-go");
        }

        string program = Path.Combine(folder, "documents");
        using (var build = Process.Start("/usr/bin/go", ["build", "-o", program, Modules.Find("GoDocuments")]))
        {
            build.WaitForExit();
        }

        _program = Process.Start(new ProcessStartInfo(program, [folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }

    /// <summary>Returns the time of one run, of this many.</summary>
    public TimeSpan Take(string kind, int count)
    {
        _program.StandardInput.WriteLine($"{kind} {count}");
        _program.StandardInput.Flush();
        long nanoseconds = long.Parse(_program.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        return TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick) / count;
    }

    public void Dispose()
    {
        _program.StandardInput.Dispose();
        _program.WaitForExit();
        _program.Dispose();
    }
}
