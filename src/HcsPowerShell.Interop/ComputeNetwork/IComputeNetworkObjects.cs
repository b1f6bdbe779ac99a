using System;
using System.Collections.Generic;
using System.Threading;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.ComputeNetwork;

/// <summary>The objects of one kind, without handles. Every call blocks until the service answers.</summary>
/// <remarks>A part of a call that has not begun when its caller no longer waits does not begin.</remarks>
internal interface IComputeNetworkObjects
{
    IReadOnlyList<Guid> Find(string? filter);

    string? Read(Guid id, bool isDetailed, CancellationToken abandoned);

    /// <summary>Creates an object with the id, or with one of the service where that takes none, and reads it.</summary>
    string? Create(Guid id, HostComputeObject document, CancellationToken abandoned);

    void Modify(Guid id, ModifyNetworkSettingRequest request, CancellationToken abandoned);

    void Delete(Guid id);
}
