using System.Text.Json.Serialization;
using HcsPowerShell.Interop.Documents.Values;

namespace HcsPowerShell.Interop.Documents;

/// <summary>Names a standard stream.</summary>
public sealed class CloseHandle : HcsDocument
{
    /// <summary>StdIn, StdOut or StdErr.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [OneOf(typeof(StdHandle))]
    public string? Handle { get; set; }
}
