namespace HcsPowerShell.Execution;

/// <summary>
/// Limits the output that is collected, so that a process cannot determine how much memory is used for it.
/// </summary>
internal static class OutputLimit
{
    /// <summary>
    /// The maximum number of characters or bytes of one process that -PassThru collects, or that a job holds until it
    /// is received.
    /// </summary>
    public const long Most = 256L * 1024 * 1024;

    public static int SizeOf(object value) => value switch
    {
        string text => text.Length,
        byte[] bytes => bytes.Length,
        _ => 0,
    };
}
