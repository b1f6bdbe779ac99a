using System.Text.Json.Serialization;
using HcsPowerShell.Interop.Documents.Values;

namespace HcsPowerShell.Interop.Documents;

/// <summary>Changes a running process (HCS <c>ProcessModifyRequest</c>).</summary>
public sealed class ProcessModifyRequest : CompositeDocument
{
    /// <summary>ConsoleSize or CloseHandle.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [OneOf(typeof(ModifyOperation))]
    public string? Operation { get; set; }

    /// <summary>New size, for ConsoleSize.</summary>
    public ConsoleSize? ConsoleSize { get; set; }

    /// <summary>Stream to close, for CloseHandle.</summary>
    public CloseHandle? CloseHandle { get; set; }
}
