namespace HcsPowerShell.Shell.Tests;

public sealed record ShellResult(int ExitCode, string Output, string Error);
