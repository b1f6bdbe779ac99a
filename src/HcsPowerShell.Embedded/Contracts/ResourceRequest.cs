using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Contracts;

/// <summary>What a request asks for, whichever schema it was written in.</summary>
/// <param name="Resource">A <see cref="ResourceName"/>.</param>
/// <param name="Type">What is done with it.</param>
/// <param name="Settings">A configuration with nothing but that resource.</param>
internal sealed record ResourceRequest(string Resource, ChangeType Type, ContainerConfig Settings);
