using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Documents;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Processes;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>Starts a process in containers and returns it (hcsshim <c>CreateProcess</c>).</summary>
[Cmdlet(VerbsLifecycle.Start, "HcsProcess", SupportsShouldProcess = true,
    DefaultParameterSetName = IdSet,
    HelpUri = HelpPages.Address + "Start-HcsProcess.md")]
[OutputType(typeof(HcsProcess), typeof(Job))]
public sealed class StartHcsProcessCommand : HcsProcessStartCommand
{
    /// <summary>Gives the process a console; implies a pipe to standard input.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter EmulateConsole { get; set; }

    /// <summary>Height and width of the console in characters.</summary>
    [Parameter]
    [ValidateCount(2, 2)]
    [NotBlank]
    public uint[]? ConsoleSize { get; set; }

    /// <summary>Asks for a pipe to standard input.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter CreateStdInPipe { get; set; }

    /// <summary>
    /// Asks for a pipe from standard output. The pipe is bounded: a process blocks when no command reads its output.
    /// </summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter CreateStdOutPipe { get; set; }

    /// <summary>
    /// Asks for a pipe from standard error. The pipe is bounded: a process blocks when no command reads its output.
    /// </summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter CreateStdErrPipe { get; set; }

    /// <summary>
    /// Starts in the background and returns a job with one child for each container; a child ends when its process has
    /// started.
    /// </summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter AsJob { get; set; }

    private protected override bool WantsJob => AsJob;

    private protected override string Verb => $"start process '{Program}' in";

    private protected override void Process(ContainerTarget target) =>
        Guard(Attempt(target), target.Id, () => Start(target));

    private protected override void Complete(ProcessConfig config)
    {
        config.EmulateConsole = EmulateConsole;
        config.ConsoleSize = ConsoleSize ?? new uint[2];

        // A console process without standard input would end at once.
        config.CreateStdInPipe = CreateStdInPipe || EmulateConsole;
        config.CreateStdOutPipe = CreateStdOutPipe;
        config.CreateStdErrPipe = CreateStdErrPipe;
    }

    private void Start(ContainerTarget target)
    {
        ProcessConfig config = BuildConfig(target);
        string described = DescriptionOf(config);
        if (!Approve(target, Asked($"Start process '{Program}'")))
        {
            return;
        }

        ContainerTarget place = FindPlace(target, config);
        UnenforcedMembers.Warn(this, target.Host, config);
        Dispatch(
            Attempt(target),
            target.Id,
            (output, deadline) => StartAsync(place, config, described, output, deadline));
    }

    private static async Task StartAsync(
        ContainerTarget target, ProcessConfig config, string described, ICommandOutput output, Deadline deadline) =>
        output.Object(await ProcessLaunch.StartAsync(target, config, described, deadline).ConfigureAwait(false));
}
