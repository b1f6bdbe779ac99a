using System.Text.Json.Serialization;
using HcsPowerShell.Interop.Documents.Values;

namespace HcsPowerShell.Interop.Documents;

/// <summary>Changes a resource of a running system (HCS <c>ModifySettingRequest</c>).</summary>
[SinceSchema(2, 0)]
public sealed class ModifySettingRequest : CompositeDocument
{
    /// <summary>The resource, such as <c>Container/Memory/SizeInMB</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? ResourcePath { get; set; }

    /// <summary>Add, Remove or Update.</summary>
    [OneOf(typeof(ModifyRequestType))]
    public string? RequestType { get; set; }

    /// <summary>The new settings.</summary>
    public RawJson? Settings { get; set; }

    /// <summary>The request to the guest that belongs to the change.</summary>
    public RawJson? GuestRequest { get; set; }
}
