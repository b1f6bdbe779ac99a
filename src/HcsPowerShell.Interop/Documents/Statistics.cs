using System;
using System.Text.Json.Serialization;

namespace HcsPowerShell.Interop.Documents;

/// <summary>One sample of the counters of a container (hcsshim <c>Statistics</c>).</summary>
public sealed class Statistics : CompositeDocument
{
    /// <summary>When the sample was taken.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [JsonConverter(typeof(GoTimeConverter))]
    public DateTimeOffset? Timestamp { get; set; }

    /// <summary>When the container started.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [JsonConverter(typeof(GoTimeConverter))]
    public DateTimeOffset? ContainerStartTime { get; set; }

    /// <summary>Time since the start, in units of 100 ns.</summary>
    public ulong? Uptime100ns { get; set; }

    /// <summary>Memory counters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public MemoryStats? Memory { get; set; }

    /// <summary>Processor counters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ProcessorStats? Processor { get; set; }

    /// <summary>Storage counters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public StorageStats? Storage { get; set; }

    /// <summary>Counters by network endpoint; schema 1 only.</summary>
    public NetworkStats[]? Network { get; set; }
}
