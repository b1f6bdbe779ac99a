namespace HcsPowerShell.Base;

/// <summary>The help pages in the public repository, which Get-Help -Online opens.</summary>
internal static class HelpPages
{
    /// <summary>The base address; the file name of a page follows it.</summary>
    public const string Address = "https://github.com/HcsPowerShell/HcsPowerShell/blob/main/docs/en-US/";
}
