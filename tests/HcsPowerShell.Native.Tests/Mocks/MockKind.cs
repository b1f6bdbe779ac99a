namespace HcsPowerShell.Native.Tests.Mocks;

/// <summary>The kinds of objects that a mock counts.</summary>
public enum MockKind
{
    System,
    Process,
    Operation,
    Callback,
    String,

    /// <summary>A scratch that is active.</summary>
    Mount,

    /// <summary>A thread with a token of its own.</summary>
    Impersonation,

    /// <summary>A handle of a network.</summary>
    Network,

    /// <summary>A handle of an endpoint.</summary>
    Endpoint,

    /// <summary>A handle of a namespace.</summary>
    Namespace,
}
