using System.Text.Json.Serialization;

namespace HcsPowerShell.Interop.Documents;

/// <summary>Size of a console in characters.</summary>
public sealed class ConsoleSize : HcsDocument
{
    /// <summary>Rows.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ushort Height { get; set; }

    /// <summary>Columns.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ushort Width { get; set; }
}
