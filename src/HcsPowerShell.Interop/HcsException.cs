using System;

namespace HcsPowerShell.Interop;

/// <summary>A failure of a call to the compute service. It holds facts only, no wording for users.</summary>
public sealed class HcsException : Exception
{
    /// <summary>
    /// Creates the exception from the call that failed, its result code and the answer of the service.
    /// </summary>
    /// <param name="function">Name of the HCS function or port method.</param>
    /// <param name="hresult">HRESULT, of either HCS family or of another facility.</param>
    /// <param name="systemId">Id of the system the call was made on, if any.</param>
    /// <param name="resultDocument">The ResultError document of the service, if any.</param>
    /// <param name="inner">The exception that caused this one, if any.</param>
    /// <param name="message">A message for users, if the caller has one; the facts stay the same.</param>
    public HcsException(
        string function, int hresult, string? systemId = null, string? resultDocument = null,
        Exception? inner = null, string? message = null)
        : base(message ?? $"{function} failed with 0x{hresult:X8}.", inner)
    {
        Function = function;
        HResult = hresult;
        SystemId = systemId;
        ResultDocument = resultDocument;
    }

    /// <summary>The HCS function or port method that failed.</summary>
    public string Function { get; }

    /// <summary>Id of the system the call was made on.</summary>
    public string? SystemId { get; }

    /// <summary>The ResultError document of the service, unchanged.</summary>
    public string? ResultDocument { get; }

    /// <summary>Low 16 bits of the code when it belongs to HCS, of either family (0x8037xxxx, 0xC037xxxx).</summary>
    public int? HcsCode => Interop.HResult.HcsCodeOf(HResult);

    /// <summary>
    /// Name of the code in winerror.h, such as <c>HCS_E_INVALID_STATE</c>; null for a code without a known name.
    /// </summary>
    public string? Symbol => ResultCode.SymbolOf(HResult);

    /// <summary>True when the caller lacks the rights, for every code by which the service says so.</summary>
    public bool IsAccessDenied =>
        Is(Interop.HResult.AccessDenied) || Is(Interop.HResult.HcsAccessDenied) || Is(Interop.HResult.NotElevated);

    /// <summary>
    /// True when the service has disconnected or cannot be reached: every other call would fail as well.
    /// </summary>
    public bool IsServiceLost =>
        Is(Interop.HResult.ServiceDisconnect) || Is(Interop.HResult.RpcServerUnavailable)
        || Is(Interop.HResult.RpcCallFailed) || Is(Interop.HResult.RpcCallNotMade);

    /// <summary>True when there is no such network, endpoint or namespace, for every code by which the service says so.</summary>
    internal bool IsNetworkObjectNotFound =>
        Is(Interop.HResult.NetworkNotFound) || Is(Interop.HResult.EndpointNotFound) || Is(Interop.HResult.ElementNotFound);

    /// <summary>True when this code means the same as the given one, whatever the family of either.</summary>
    public bool Is(int hresult) => Interop.HResult.Same(HResult, hresult);
}
