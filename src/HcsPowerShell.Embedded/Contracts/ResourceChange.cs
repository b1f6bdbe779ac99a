using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Contracts;

/// <summary>A change of a running system that was checked and is about to be made.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Before">The whole configuration as it has been.</param>
/// <param name="After">The whole configuration as it is from now on.</param>
internal sealed record ResourceChange(ResourceRequest Request, ContainerConfig Before, ContainerConfig After)
{
    /// <summary>The HCS function that makes such a change, as refusals name it.</summary>
    public const string Function = "HcsModifyComputeSystem";
}

/// <summary>What a request asks for, whichever schema it was written in.</summary>
/// <param name="Resource">A <see cref="ResourceName"/>.</param>
/// <param name="Type">What is done with it.</param>
/// <param name="Settings">A configuration with nothing but that resource.</param>
internal sealed record ResourceRequest(string Resource, ChangeType Type, ContainerConfig Settings);

/// <summary>What a request does with a resource, by the names of HCS.</summary>
internal enum ChangeType
{
    Add,
    Remove,
    Update,
}
