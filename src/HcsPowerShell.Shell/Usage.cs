namespace HcsPowerShell.Shell;

internal static class Usage
{
    public const string Text = """
        Usage: HcsPowerShell.Shell [parameters] [[-File] <script> [argument...]]
               HcsPowerShell.Shell [parameters] -Command { - | <text...> }

        Runs PowerShell scripts and commands with the HcsPowerShell module imported. Without a script or a command it
        reads commands from the terminal, or from standard input if that is redirected.

          -File, -f               run a script; what follows are its arguments
          -Command, -c            run the text that follows; - reads it from standard input
          -EncodedCommand, -e     run Base64 text (UTF-16)
          -WorkingDirectory, -wd  start in this folder
          -NonInteractive         a command that would ask fails instead
          -NoExit                 go on with a prompt after the script or command
          -NoLogo                 start the prompt without the version line
          -NoProfile              accepted; this shell has no profiles
          -ExecutionPolicy, -ep   the execution policy for this process (Windows)
          -Version, -v            show the engine's version
          -Help, -h, -?           show this text

        """;
}
