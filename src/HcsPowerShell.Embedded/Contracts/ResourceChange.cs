using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Contracts;

/// <summary>A checked change of a running system that is about to be made.</summary>
/// <param name="Request">The request.</param>
/// <param name="Before">The whole configuration before the change.</param>
/// <param name="After">The whole configuration after the change.</param>
internal sealed record ResourceChange(ResourceRequest Request, ContainerConfig Before, ContainerConfig After)
{
    /// <summary>The HCS function that makes such a change, as refusals name it.</summary>
    public const string Function = "HcsModifyComputeSystem";
}

/// <summary>A request to change a resource, in either schema.</summary>
/// <param name="Resource">A <see cref="ResourceName"/>.</param>
/// <param name="Type">The action on the resource.</param>
/// <param name="Settings">A configuration that holds only that resource.</param>
internal sealed record ResourceRequest(string Resource, ChangeType Type, ContainerConfig Settings);

/// <summary>The action of a request on a resource, with the names of HCS.</summary>
internal enum ChangeType
{
    Add,
    Remove,
    Update,
}
