using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace HcsPowerShell.Interop.Documents;

/// <summary>The facts that the service keeps about an object (HCN <c>Health</c>).</summary>
public sealed class NetworkHealth : CompositeDocument
{
    /// <summary>Data of the service.</summary>
    public RawJson? Data { get; set; }

    /// <summary>The users and the parts of the object.</summary>
    public NetworkHealthExtra? Extra { get; set; }

    /// <summary>The findings of an embedded host that keep packets from the object, a sentence for each.</summary>
    internal IReadOnlyList<string> Warnings
    {
        get
        {
            if (Data is null)
            {
                return [];
            }

            using JsonDocument data = HcsJson.Parse(Data.Text);
            return data.RootElement.ValueKind == JsonValueKind.Object
                && data.RootElement.TryGetProperty(nameof(Warnings), out JsonElement list)
                && list.ValueKind == JsonValueKind.Array
                    ? [.. list.EnumerateArray().Where(text => text.ValueKind == JsonValueKind.String).Select(text => text.GetString()!)]
                    : [];
        }
    }
}

/// <summary>The users and the parts of an object (HCN <c>ExtraParams</c>).</summary>
public sealed class NetworkHealthExtra : CompositeDocument
{
    /// <summary>Ids of the systems that an endpoint is attached to.</summary>
    public string[]? SharedContainers { get; set; }

    /// <summary>Guid of the virtual machine that an endpoint is attached to.</summary>
    public string? VirtualMachine { get; set; }

    /// <summary>Guid of the utility virtual machine that an endpoint is attached to.</summary>
    public string? UtilityVM { get; set; }

    /// <summary>Guid of the virtual switch.</summary>
    public string? SwitchGuid { get; set; }

    /// <summary>The layer below, which the service defines.</summary>
    public RawJson? LayeredOn { get; set; }

    /// <summary>The resources, which the service defines.</summary>
    public RawJson? Resources { get; set; }
}
