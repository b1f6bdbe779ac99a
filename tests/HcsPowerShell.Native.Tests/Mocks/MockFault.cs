namespace HcsPowerShell.Native.Tests.Mocks;

/// <summary>How a planned fault comes about.</summary>
public enum MockFault
{
    /// <summary>Only a delay, if any.</summary>
    None,

    /// <summary>The call itself is refused.</summary>
    Call,

    /// <summary>The call is accepted and fails later.</summary>
    Completion,

    /// <summary>The call is accepted and done, and its end is never told.</summary>
    Lost,

    /// <summary>The call is done when it returns (vmcompute).</summary>
    Synchronous,

    /// <summary>The call is accepted, and nothing comes of it (computecore).</summary>
    Ignored,
}
