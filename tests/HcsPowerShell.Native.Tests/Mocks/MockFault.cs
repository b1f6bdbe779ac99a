namespace HcsPowerShell.Native.Tests.Mocks;

/// <summary>The kinds of planned faults.</summary>
public enum MockFault
{
    /// <summary>No fault, only the delay if one is given.</summary>
    None,

    /// <summary>The mock refuses the call itself.</summary>
    Call,

    /// <summary>The mock accepts the call, which fails later.</summary>
    Completion,

    /// <summary>The mock accepts and executes the call, and never reports its completion.</summary>
    Lost,

    /// <summary>
    /// The call is complete when it returns (vmcompute); it returns S_OK with an error record (computenetwork).
    /// </summary>
    Synchronous,

    /// <summary>The mock accepts the call and does nothing (computecore).</summary>
    Ignored,
}
