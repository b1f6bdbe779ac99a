namespace HcsPowerShell.Base;

/// <summary>The help pages in the public repository, which Get-Help -Online opens.</summary>
internal static class HelpPages
{
    /// <summary>A page's address is this and its file name.</summary>
    public const string Address = "https://github.com/HcsPowerShell/HcsPowerShell/blob/main/docs/en-US/";
}
