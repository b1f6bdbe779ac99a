namespace HcsPowerShell.Shell;

/// <summary>The exit codes of pwsh that no script chooses.</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Failure = 1;
    public const int BadCommandLine = 64;
    public const int CannotStart = 70;
}
