namespace HcsPowerShell.Execution;

/// <summary>How much output is collected: a process must not say how much memory is taken for it.</summary>
internal static class OutputLimit
{
    /// <summary>Characters, or bytes, of one process that -PassThru collects, or a job until it is received.</summary>
    public const long Most = 256L * 1024 * 1024;

    public static int SizeOf(object value) => value switch
    {
        string text => text.Length,
        byte[] bytes => bytes.Length,
        _ => 0,
    };
}
