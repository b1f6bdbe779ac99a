namespace HcsPowerShell.Mutants;

/// <summary>The result of a test run.</summary>
internal enum Outcome
{
    Passes,

    Fails,

    /// <summary>The run ended before its last test.</summary>
    Ends,

    /// <summary>The run had to be killed, because a wait of a test has no limit.</summary>
    Hangs,

    DoesNotBuild,

    /// <summary>The filter selects no test.</summary>
    NoTest,
}
