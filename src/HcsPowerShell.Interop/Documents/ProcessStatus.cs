using System.Text.Json.Serialization;

namespace HcsPowerShell.Interop.Documents;

/// <summary>The status of a process, as the service reports it (HCS <c>ProcessStatus</c>).</summary>
public sealed class ProcessStatus : HcsDocument
{
    /// <summary>Process id inside the container.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public uint ProcessId { get; set; }

    /// <summary>The process has exited.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool Exited { get; set; }

    /// <summary>
    /// Exit code; valid only when <see cref="Exited"/> is true and <see cref="LastWaitResult"/> is 0.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public uint ExitCode { get; set; }

    /// <summary>
    /// The embedded host killed the process because the memory of the container was used up. It is not a member of the
    /// document.
    /// </summary>
    [JsonIgnore]
    public bool OutOfMemory { get; set; }

    /// <summary>HRESULT of the wait for the exit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int LastWaitResult { get; set; }
}
