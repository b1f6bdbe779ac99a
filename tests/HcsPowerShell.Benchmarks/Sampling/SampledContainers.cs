using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.LifeCycle;

namespace HcsPowerShell.Benchmarks.Sampling;

/// <summary>Running containers, and the files from which their counters are read.</summary>
internal sealed class SampledContainers : IDisposable
{
    private readonly ModuleSession _session;
    private readonly FileReader _reader = new();
    private readonly List<byte[]> _files = [];

    public SampledContainers(ModuleSession session, int count)
    {
        _session = session;
        Containers = [.. Enumerable.Range(0, count).Select(_ => Start())];
    }

    public object[] Containers { get; }

    /// <summary>Reads all files of all the containers.</summary>
    public void ReadFiles() => _files.ForEach(file => _reader.Read(file));

    public void Dispose() => Array.ForEach(Containers, container => ModuleContainers.Remove(_session, container));

    private object Start()
    {
        string hostName = "b" + Guid.NewGuid().ToString("N");
        object container = ModuleContainers.Create(_session, hostName);
        _session.Run("Start-HcsContainer", ("Container", container));
        _files.AddRange(StatisticsFiles.Of(ModuleBundle.Find(hostName)));
        return container;
    }
}
