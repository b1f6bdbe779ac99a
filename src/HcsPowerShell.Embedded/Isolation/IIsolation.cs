using System;
using System.Collections.Generic;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Isolation;

/// <summary>The way an embedded host keeps its systems apart; one instance serves every system of a host.</summary>
/// <remarks>Disposing it ends whatever of its processes is left.</remarks>
internal interface IIsolation : IDisposable
{
    /// <summary>Name of the isolation: Process or Oci.</summary>
    string Name { get; }

    /// <summary>Members of <see cref="ContainerConfig"/> that are accepted and not enforced.</summary>
    IReadOnlyList<string> UnenforcedContainerMembers { get; }

    /// <summary>Members of <see cref="ProcessConfig"/> that are accepted and not enforced.</summary>
    IReadOnlyList<string> UnenforcedProcessMembers { get; }

    /// <summary>Resources whose change, by <see cref="ISandbox.Modify"/>, is accepted and not enforced.</summary>
    IReadOnlyList<string> UnenforcedResources { get; }

    /// <summary>Makes the place a system's processes will run in; nothing runs yet.</summary>
    ISandbox CreateSandbox(string id, ContainerConfig config);
}
