using System;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace HcsPowerShell.Shell;

/// <summary>The engine's view of this console.</summary>
internal sealed class ShellHost(ShellUserInterface userInterface) : PSHost
{
    /// <summary>pwsh's name: the engine measures wide characters, and scripts ask for a console, by it.</summary>
    public override string Name => "ConsoleHost";

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override Version Version => PSVersionInfo.PSVersion;

    public override PSHostUserInterface UI => userInterface;

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    /// <summary>What <c>exit</c> asked for; null while the session goes on.</summary>
    public int? RequestedExitCode { get; private set; }

    /// <summary>Runs a prompt inside a stopped command until <c>exit</c>.</summary>
    public Action? NestedPrompt { get; set; }

    public bool LeavesNestedPrompt { get; set; }

    public override void SetShouldExit(int exitCode) => RequestedExitCode = exitCode;

    public override void EnterNestedPrompt()
    {
        (NestedPrompt ?? throw new NotSupportedException("There is no prompt in this session."))();
    }

    public override void ExitNestedPrompt() => LeavesNestedPrompt = true;

    /// <summary>A program is about to write to the terminal itself.</summary>
    public override void NotifyBeginApplication()
    {
        userInterface.Output.ClearProgress();
        userInterface.WriteHint();
    }

    public override void NotifyEndApplication()
    {
    }
}
