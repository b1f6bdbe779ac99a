using System;

namespace HcsPowerShell.Interop;

/// <summary>A refusal of the service: facts only, no wording for people.</summary>
public sealed class HcsException : Exception
{
    /// <summary>States what was tried, how it ended and what the service said.</summary>
    /// <param name="function">Name of the HCS function or port method.</param>
    /// <param name="hresult">HRESULT, of either HCS family or a foreign one.</param>
    /// <param name="systemId">The system it was tried on, if any.</param>
    /// <param name="resultDocument">The service's own ResultError document, if any.</param>
    /// <param name="inner">What caused it, if that was another exception.</param>
    /// <param name="message">A sentence for people, where somebody has one; the facts stay the same.</param>
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

    /// <summary>The system it was tried on.</summary>
    public string? SystemId { get; }

    /// <summary>The service's ResultError document as it came.</summary>
    public string? ResultDocument { get; }

    /// <summary>Low 16 bits of the code when it belongs to HCS, of either family (0x8037xxxx, 0xC037xxxx).</summary>
    public int? HcsCode => Interop.HResult.HcsCodeOf(HResult);

    /// <summary>True when the caller lacks the rights, in whichever way the service says so.</summary>
    public bool IsAccessDenied =>
        Is(Interop.HResult.AccessDenied) || Is(Interop.HResult.HcsAccessDenied) || Is(Interop.HResult.NotElevated);

    /// <summary>True when the service has gone or cannot be reached: any other call would fail as well.</summary>
    public bool IsServiceLost =>
        Is(Interop.HResult.ServiceDisconnect) || Is(Interop.HResult.RpcServerUnavailable)
        || Is(Interop.HResult.RpcCallFailed) || Is(Interop.HResult.RpcCallNotMade);

    /// <summary>True when this code means the same as another, whatever the family of either.</summary>
    public bool Is(int hresult) => Interop.HResult.Same(HResult, hresult);
}
