using System;

namespace HcsPowerShell.Interop;

/// <summary>A call to the compute service that has ended.</summary>
/// <param name="Function">The HCS function.</param>
/// <param name="SystemId">Id of the system the call was made on, if any.</param>
/// <param name="HResult">HRESULT of the call; HCS_E_OPERATION_TIMEOUT when its time has passed.</param>
/// <param name="Elapsed">The time that the caller waited.</param>
public readonly record struct EndedCall(string Function, string? SystemId, int HResult, TimeSpan Elapsed)
{
    /// <summary>The document that was sent; null when there is none.</summary>
    public CallDocument? Request { get; init; }

    /// <summary>The document that the service returned; null when there is none, or when the call failed.</summary>
    public CallDocument? Answer { get; init; }
}
