using System.Collections.Generic;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Contracts;

/// <summary>The way an embedded host keeps its systems apart; one instance serves every system of a host.</summary>
internal interface IIsolation
{
    /// <summary>Name of the isolation: Process or Oci.</summary>
    string Name { get; }

    /// <summary>Members of <see cref="ContainerConfig"/> that are accepted and not enforced.</summary>
    IReadOnlyList<string> UnenforcedContainerMembers { get; }

    /// <summary>Members of <see cref="ProcessConfig"/> that are accepted and not enforced.</summary>
    IReadOnlyList<string> UnenforcedProcessMembers { get; }

    /// <summary>Resources whose change, by <see cref="ISandbox.ModifyAsync"/>, is accepted and not enforced.</summary>
    IReadOnlyList<string> UnenforcedResources { get; }

    /// <summary>The layers that its systems use.</summary>
    ILayerService Layers { get; }

    /// <summary>The images that its systems use.</summary>
    IImageService Images { get; }

    /// <summary>The networks that its systems use.</summary>
    INetworkService Networks { get; }

    /// <summary>The operating system that its images are for; null without images.</summary>
    string? ImageOS { get; }

    /// <summary>Creates the sandbox the processes of a system will run in; nothing runs yet.</summary>
    /// <exception cref="Interop.HcsException">
    /// The document asks for something the isolation cannot provide, or the isolation is closed.
    /// </exception>
    Task<ISandbox> CreateSandboxAsync(string id, ContainerConfig config);

    /// <summary>Ends the processes that are left and the sandboxes that are still being created. Idempotent.</summary>
    /// <exception cref="Interop.HcsException">A process survives the kill; all others have ended.</exception>
    Task CloseAsync();
}
