using System;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace HcsPowerShell.Shell;

/// <summary>One run of the shell, from its command line to its exit code.</summary>
internal sealed class Shell(CommandLine commandLine)
{
    public int Run()
    {
        using var output = new ConsoleOutput();
        if (commandLine.Error is { } error)
        {
            output.WriteErrorLine(error + Environment.NewLine + Environment.NewLine + Usage.Text);
            return ExitCode.BadCommandLine;
        }

        switch (commandLine.Mode)
        {
            case ShellMode.Version:
                output.WriteLine(EngineVersion);
                return ExitCode.Success;
            case ShellMode.Help:
                output.WriteLine(Usage.Text);
                return ExitCode.Success;
            default:
                return RunSession(output);
        }
    }

    private static string EngineVersion => $"PowerShell {PSVersionInfo.PSVersion}";

    private int RunSession(ConsoleOutput output)
    {
        if (!File.Exists(Session.Manifest))
        {
            output.WriteErrorLine($"The HcsPowerShell module is missing: there is no file {Session.Manifest}.");
            return ExitCode.CannotStart;
        }

        using var interrupt = new Interrupt();
        var hint = new MissingCommandHint();
        var editor = new LineEditor(output);
        var userInterface = new ShellUserInterface(output, hint, editor, commandLine.NonInteractive);
        var host = new ShellHost(userInterface);
        using Runspace runspace = Session.Open(host, hint, commandLine.ExecutionPolicy);
        var runner = new PipelineRunner(runspace, userInterface, interrupt);
        ICommandSource source = Console.IsInputRedirected
            ? new StandardInputCommands(output, hasPrompt: commandLine.Mode != ShellMode.Input)
            : new TerminalCommands(editor);
        var loop = new PromptLoop(source, runner, host, output);
        host.NestedPrompt = loop.RunNested;

        if (!ImportModule(runner) || !EnterWorkingDirectory(runner))
        {
            return ExitCode.CannotStart;
        }

        bool ended = RunAsked(runspace, runner, loop, output);
        return interrupt.RequestedExitCode ?? host.RequestedExitCode
            ?? (ended && Session.LastSucceeded(runspace) ? ExitCode.Success : ExitCode.Failure);
    }

    /// <summary>Does what the command line asks for; false if an exception ended it.</summary>
    private bool RunAsked(Runspace runspace, PipelineRunner runner, PromptLoop loop, ConsoleOutput output)
    {
        if (commandLine.Mode is ShellMode.Prompt or ShellMode.Input)
        {
            if (!Console.IsInputRedirected && !commandLine.NoLogo)
            {
                output.WriteLine($"{EngineVersion} with HcsPowerShell");
            }

            return loop.Run();
        }

        bool completed = commandLine.Mode == ShellMode.File ? RunFile(runspace, runner) : RunCommand(runner);
        return commandLine.NoExit ? loop.Run() : completed;
    }

    private bool RunCommand(PipelineRunner runner)
    {
        string text = commandLine.Command!;
        return string.IsNullOrWhiteSpace(text) || runner.Run(text, StandardInput.IsWantedBy(text, file: null));
    }

    private bool RunFile(Runspace runspace, PipelineRunner runner)
    {
        // A script that begins with #! may have any name; the engine itself runs no file but a .ps1.
        string file = commandLine.File!;
        string? text = file.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase) ? null : File.ReadAllText(file);
        var script = new Command(text ?? file, isScript: text is not null, useLocalScope: false);
        foreach (CommandParameter argument in commandLine.Arguments)
        {
            script.Parameters.Add(argument);
        }

        if (text is null && !commandLine.NoExit)
        {
            Session.LetScriptExit(runspace);
        }

        return runner.Run(script, StandardInput.IsWantedBy(text, file));
    }

    private static bool ImportModule(PipelineRunner runner)
    {
        var import = new Command("Import-Module");
        import.Parameters.Add("Name", Session.Manifest);
        import.Parameters.Add("ErrorAction", ActionPreference.Stop);
        return runner.Run(import);
    }

    private bool EnterWorkingDirectory(PipelineRunner runner)
    {
        if (commandLine.WorkingDirectory is null)
        {
            return true;
        }

        var enter = new Command("param($path) $null = $ExecutionContext.SessionState.Path.SetLocation($path)", true, true);
        enter.Parameters.Add(null, commandLine.WorkingDirectory);
        return runner.Run(enter);
    }
}
