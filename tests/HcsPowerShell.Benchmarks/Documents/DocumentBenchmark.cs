using System.Collections.Generic;
using System.IO;
using System.Linq;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.Documents;

/// <summary>Measures what is written and read as JSON beside Go's encoding/json.</summary>
internal sealed class DocumentBenchmark : IFamily
{
    private const string Config = """
        {"SystemType":"Container","Name":"web","Owner":"docker","VolumePath":"\\\\?\\Volume{3f2504e0-4f89-11d3-9a0c-0305e82c3301}","IgnoreFlushesDuringBoot":true,"LayerFolderPath":"C:\\ProgramData\\docker\\windowsfilter\\web","Layers":[{"ID":"6f9619ff-8b86-d011-b42d-00c04fc964ff","Path":"C:\\ProgramData\\docker\\windowsfilter\\app"},{"ID":"6f9619ff-8b86-d011-b42d-00c04fc964fe","Path":"C:\\ProgramData\\docker\\windowsfilter\\base"}],"ProcessorWeight":5000,"MemoryMaximumInMB":2048,"HostName":"web","MappedDirectories":[{"HostPath":"C:\\data","ContainerPath":"C:\\data","ReadOnly":true,"BandwidthMaximum":0,"IOPSMaximum":0}],"HvPartition":false,"EndpointList":["3f2504e0-4f89-11d3-9a0c-0305e82c3302"],"AllowUnqualifiedDNSQuery":true,"DNSSearchList":"contoso.com,corp.contoso.com"}
        """;

    private const string Statistics = """
        {"Id":"web","State":"Running","Name":"web","SystemType":"Container","Owner":"docker","RuntimeOsType":"Windows","RuntimeId":"3f2504e0-4f89-11d3-9a0c-0305e82c3303","Statistics":{"Timestamp":"2026-08-25T23:32:19.0685861Z","ContainerStartTime":"2026-08-25T23:32:10.7938384Z","Uptime100ns":82747477,"Processor":{"TotalRuntime100ns":25549260,"RuntimeUser100ns":10000000,"RuntimeKernel100ns":15549260},"Memory":{"MemoryUsageCommitBytes":36864000,"MemoryUsageCommitPeakBytes":40960000,"MemoryUsagePrivateWorkingSetBytes":20480000},"Storage":{"ReadCountNormalized":2500,"ReadSizeBytes":118282240,"WriteCountNormalized":300,"WriteSizeBytes":4096000}}}
        """;

    private const int Systems = 1_000;

    // Both read and write the same bytes, in batches of about a millisecond or more.
    private static readonly (string Kind, int Count)[] s_kinds = [("write", 300), ("statistics", 300), ("list", 1)];

    public IReadOnlyList<Figure> Figures { get; } = [.. s_kinds.Select(kind => new Figure("go-" + kind.Kind, 1))];

    public void Run(Effort effort, Report report)
    {
        string folder = Directory.CreateTempSubdirectory("hcs-benchmark-").FullName;
        File.WriteAllText(Path.Combine(folder, "config"), Config);
        File.WriteAllText(Path.Combine(folder, "statistics"), Statistics);
        File.WriteAllText(Path.Combine(folder, "list"), $"[{string.Join(',', Enumerable.Range(0, Systems).Select(System))}]");
        try
        {
            using GoDocuments go = new(folder);
            ModuleDocuments module = new(folder);
            Comparison[] comparisons = [.. Figures.Select(figure => new Comparison(figure))];
            effort.Repeat(
                warmUps: 100,
                rounds: 200,
                () =>
                {
                    foreach ((Comparison comparison, (string kind, int count)) in comparisons.Zip(s_kinds))
                    {
                        comparison.Module.Time(() => module.Run(kind, count), count);
                        comparison.Bare.Add(go.Take(kind, count));
                    }
                },
                comparisons);
            report.Add(comparisons);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string System(int number) =>
        $$"""{"Id":"system-{{number}}","State":"Running","Name":"system-{{number}}","SystemType":"Container","Owner":"docker","RuntimeOsType":"Windows","RuntimeId":"3f2504e0-4f89-11d3-9a0c-0305e82c3303"}""";
}
