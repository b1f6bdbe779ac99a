using HcsPowerShell.Interop.Documents.Values;

namespace HcsPowerShell.Interop.Documents;

/// <summary>A virtual device failed (HCS <c>VirtualDeviceFailure</c>).</summary>
[SinceSchema(2, 4)]
public sealed class VirtualDeviceFailure : HcsDocument
{
    /// <summary>The action during which the device failed; informational only.</summary>
    [OneOf(typeof(VirtualDeviceFailureDetail))]
    public string? Detail { get; set; }

    /// <summary>Name of the device.</summary>
    public string? Name { get; set; }

    /// <summary>Guid of the kind of device.</summary>
    public string? DeviceId { get; set; }

    /// <summary>Guid of the device.</summary>
    public string? InstanceId { get; set; }
}
