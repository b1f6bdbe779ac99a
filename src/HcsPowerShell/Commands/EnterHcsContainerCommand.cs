using System;
using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Documents;
using HcsPowerShell.Errors;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Processes;
using HcsPowerShell.Targets;
using HcsPowerShell.Terminal;

namespace HcsPowerShell.Commands;

/// <summary>
/// Opens an interactive console in a container: a process whose console is this terminal until the process exits. Each
/// key goes to the process, also Ctrl+C. The console has the size of the terminal. The exit code is in
/// <c>$LASTEXITCODE</c>.
/// </summary>
/// <remarks>
/// Needs a terminal; when input or output is redirected, the command fails with the error HcsNoTerminal. The process
/// ends when the command is stopped from outside. Several containers are entered one after the other.
/// </remarks>
[Cmdlet(VerbsCommon.Enter, "HcsContainer", SupportsShouldProcess = true,
    DefaultParameterSetName = IdSet,
    HelpUri = HelpPages.Address + "Enter-HcsContainer.md")]
[OutputType(typeof(HcsProcess))]
public sealed class EnterHcsContainerCommand : HcsProcessStartCommand
{
    private TerminalSize? _size;
    private string? _shell;
    private bool _isLinux;

    /// <summary>Sets the default time limit for the start of a process to that of hcsshim.</summary>
    public EnterHcsContainerCommand() => TimeoutSec = Deadline.ChangeSec;

    /// <summary>Writes the process, which has exited, to the pipeline.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter PassThru { get; set; }

    private protected override string Verb => "enter";

    private protected override bool NeedsTerminal => true;

    private protected override void Process(ContainerTarget target)
    {
        string what = Described.Length > 0 ? $"Open a console that runs '{Program}'" : "Open a console";
        if (Approve(target, Asked(what)))
        {
            using ITerminal terminal = RequireTerminal(target);
            GuardWithin(Attempt(target), target.Id, deadline => Enter(target, terminal, deadline));
        }
    }

    private protected override void Complete(ProcessConfig config)
    {
        if (Described.Length == 0)
        {
            config.CommandLine = _isLinux ? null : _shell;
            config.CommandArgs = _isLinux ? [_shell!] : null;
        }

        if (_isLinux && System.Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } kind)
        {
            // This terminal shows the output of the process.
            config.Environment ??= [];
            config.Environment["TERM"] = config.Environment.TryGetValue("TERM", out string? wanted) ? wanted : kind;
        }

        config.EmulateConsole = true;
        config.CreateStdInPipe = true;
        config.CreateStdOutPipe = true;
        config.ConsoleSize = _size is { } size ? [size.Height, size.Width] : new uint[2];
    }

    // No container can be entered without a terminal, so one error ends the command.
    private ITerminal RequireTerminal(ContainerTarget target)
    {
        try
        {
            return TerminalOfSession.Open(Host);
        }
        catch (NoTerminalException e)
        {
            ThrowTerminatingError(HcsErrors.NoTerminal(e, Attempt(target), target.Id));
            throw;
        }
    }

    private void Enter(ContainerTarget target, ITerminal terminal, Deadline deadline)
    {
        _isLinux = Await(IsLinuxAsync(target, deadline));
        _shell = _isLinux ? "/bin/sh" : "cmd";
        _size = terminal.Size;
        ProcessConfig config = BuildConfig(target);
        ContainerTarget place = FindPlace(target, config);
        UnenforcedMembers.Warn(this, target.Host, config);
        HcsProcess process = Await(ProcessLaunch.StartAsync(
            place, config, Described.Length > 0 ? Described : _shell, deadline));
        Host.NotifyBeginApplication();
        try
        {
            var session = new ConsoleSession(process.Tracked!, terminal);
            Pipeline.Run((_, stop) => session.RunAsync(stop));
        }
        finally
        {
            Host.NotifyEndApplication();
            SetLastExitCode(process);
        }

        if (PassThru)
        {
            WriteObject(process);
        }
    }

    private static async Task<bool> IsLinuxAsync(ContainerTarget target, Deadline deadline)
    {
        if (target.Object?.RuntimeOsType is { } known)
        {
            return IsLinux(known);
        }

        using ContainerLease lease = await target.OpenAsync(deadline).ConfigureAwait(false);
        return IsLinux((await target.DescribeAsync(lease.Container, deadline).ConfigureAwait(false)).RuntimeOsType);
    }

    private static bool IsLinux(string? system) => string.Equals(system, "Linux", StringComparison.OrdinalIgnoreCase);
}
