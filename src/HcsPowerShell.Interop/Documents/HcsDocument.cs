using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HcsPowerShell.Interop.Documents;

/// <summary>Base class of all documents. Members it has no property for are kept and written back at the end.</summary>
public abstract class HcsDocument
{
    private protected HcsDocument()
    {
    }

    [JsonInclude]
    [JsonExtensionData]
    internal Dictionary<string, JsonElement>? UnknownMembers { get; set; }
}
