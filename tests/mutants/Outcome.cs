namespace HcsPowerShell.Mutants;

/// <summary>What came of a run of tests.</summary>
internal enum Outcome
{
    Passes,

    Fails,

    /// <summary>The run ended before its last test.</summary>
    Ends,

    /// <summary>It had to be killed: a wait of a test has no limit.</summary>
    Hangs,

    DoesNotBuild,

    /// <summary>The filter chooses no test.</summary>
    NoTest,
}
