using System.Text.Json.Serialization;

namespace HcsPowerShell.Interop.Documents;

/// <summary>Names a standard stream.</summary>
public sealed class CloseHandle : HcsDocument
{
    /// <summary>StdIn, StdOut or StdErr.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Handle { get; set; }
}
