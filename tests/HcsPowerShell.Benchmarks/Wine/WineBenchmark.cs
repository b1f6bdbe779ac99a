using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.Wine;

/// <summary>
/// Measures calls on the mocks under Wine beside a C program there, and compares the ratio with that on Linux.
/// </summary>
internal sealed class WineBenchmark : IFamily
{
    private static readonly string[] s_tools = ["/usr/bin/wine", "/usr/bin/x86_64-w64-mingw32-gcc", "/usr/bin/cc"];
    // Only ends a hang.
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(10);

    private static readonly string[] s_calls = ["list", "statistics"];

    public IReadOnlyList<Figure> Figures { get; } = [.. s_calls.Select(call => new Figure("wine-" + call, 1))];

    public void Run(Effort effort, Report report)
    {
        if (s_tools.FirstOrDefault(tool => !File.Exists(tool)) is { } missing)
        {
            throw new MissingException($"needs {missing}");
        }

        string here = Path.GetDirectoryName(Modules.Find("WineCalls"))!;
        string folder = Directory.CreateTempSubdirectory("hcs-benchmark-").FullName;
        try
        {
            Start(folder, Path.Combine(here, "prepare"), folder);
            string script = Path.Combine(here, "calls.ps1");
            string windows = Path.Combine(folder, "windows");
            Comparison[] wine = [.. s_calls.Select(call => new Comparison(call))];
            Comparison[] linux = [.. s_calls.Select(call => new Comparison(call))];
            effort.Repeat(
                warmUps: 0,
                rounds: 3,
                () =>
                {
                    Add(wine, Start(folder, "wine", $"{windows}/EngineHost.exe", $"{windows}/HcsPowerShell/HcsPowerShell.psd1", script), bare: false);
                    Add(wine, Start(folder, "wine", $"{windows}/calls.exe"), bare: true);
                    Add(linux, Start(folder, "dotnet", "exec", Modules.Find("EngineHost"), Modules.Staged, script), bare: false);
                    Add(linux, Start(folder, $"{folder}/linux/calls"), bare: true);
                });
            for (int i = 0; i < s_calls.Length; i++)
            {
                report.Add(Figures[i], wine[i].Ratio / linux[i].Ratio, $"{wine[i].Ratio:0.00} under Wine ({Show(wine[i])}), {linux[i].Ratio:0.00} on Linux ({Show(linux[i])})");
            }
        }
        finally
        {
            Start(folder, "wineserver", "--kill", "--wait");
            Directory.Delete(folder, recursive: true);
        }
    }

    private static FormattableString Show(Comparison comparison) =>
        $"{comparison.Module.Median.TotalMicroseconds:0.0} us beside {comparison.Bare.Median.TotalMicroseconds:0.0} us";

    // The first half of the calls is the warm-up.
    private static void Add(Comparison[] comparisons, string output, bool bare)
    {
        foreach (Comparison comparison in comparisons)
        {
            double[] times =
            [
                .. output.Split('\n').Where(line => line.StartsWith(comparison.Name + " ", StringComparison.Ordinal))
                    .Select(line => double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture)),
            ];
            Series series = bare ? comparison.Bare : comparison.Module;
            series.Add(TimeSpan.FromMicroseconds(Series.MedianOf(times[(times.Length / 2)..]) / 1_000));
        }
    }

    private static string Start(string folder, string program, params string[] arguments)
    {
        // Into a file: a console host that stays behind would hold a pipe open.
        string output = Path.Combine(folder, "output");
        ProcessStartInfo start = new("/bin/sh", ["-c", """exec "$@" >"$0" 2>&1 </dev/null""", output, program, .. arguments]);
        start.Environment["WINEPREFIX"] = Path.Combine(folder, "prefix");
        start.Environment["WINEDEBUG"] = "-all";
        start.Environment["WINEDLLOVERRIDES"] = "computecore,computenetwork,vmcompute=n;winedbg.exe=";
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["HCSPOWERSHELL_MOCK_DATA"] = folder;
        if (program != "wine")
        {
            // Windows finds the mocks by their names, and cannot load these.
            start.Environment["HCSPOWERSHELL_MOCKS"] = Path.Combine(folder, "linux");
        }

        using var process = Process.Start(start)!;
        if (!process.WaitForExit(s_longest))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} has not ended in {s_longest}: {File.ReadAllText(output)}");
        }

        string text = File.ReadAllText(output);
        return process.ExitCode == 0 ? text : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {text}");
    }
}
