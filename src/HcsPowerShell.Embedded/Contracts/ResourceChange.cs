using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Contracts;

/// <summary>A change of a running system that was checked and is about to be made.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Before">The whole configuration as it has been.</param>
/// <param name="After">The whole configuration as it is from now on.</param>
internal sealed record ResourceChange(ResourceRequest Request, ContainerConfig Before, ContainerConfig After);
