namespace HcsPowerShell.Interop.Documents;

/// <summary>
/// What the Host Network Service answers: the response of HNSCall, and the error record of a function of computenetwork.
/// </summary>
internal sealed class HnsResponse : CompositeDocument
{
    /// <summary>True when the call has succeeded.</summary>
    public bool? Success { get; set; }

    /// <summary>The failure, in words.</summary>
    public string? Error { get; set; }

    /// <summary>HRESULT, which the service writes without a sign.</summary>
    public long? ErrorCode { get; set; }

    /// <summary>The answer, in the form that the path requires.</summary>
    public RawJson? Output { get; set; }

    /// <summary>HRESULT of a failure; E_FAIL when the service tells none.</summary>
    internal int FailureCode =>
        ErrorCode is { } code && unchecked((int)code) < 0 ? unchecked((int)code) : HResult.Unspecified;
}
