using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Text;
using System.Threading.Tasks;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Completion;
using HcsPowerShell.Documents;
using HcsPowerShell.Errors;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Processes;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>
/// Runs a process in containers to its end. Input comes from the pipeline. Standard output goes to the pipeline line by
/// line as it comes, standard error to the error stream, and the exit code to <c>$LASTEXITCODE</c>.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "HcsProcess", SupportsShouldProcess = true,
    DefaultParameterSetName = IdSet,
    HelpUri = HelpPages.Address + "Invoke-HcsProcess.md")]
[OutputType(typeof(string), typeof(byte[]), typeof(HcsProcessResult), typeof(Job))]
public sealed class InvokeHcsProcessCommand : HcsProcessStartCommand
{
    private readonly List<(InvokedProcess Process, string Attempt, Task Running)> _running = [];
    private readonly List<(string Attempt, string Id, Task<HcsProcess> Failed)> _notStarted = [];
    private readonly List<(ContainerTarget Target, ProcessConfig Config)> _prepared = [];
    private readonly List<byte[]> _inputOfJob = [];
    private bool _isReady;
    private bool _pipesTargets;
    private ProcessInput? _input;

    /// <summary>The containers, as objects; without them and -Id, the containers that are piped.</summary>
    [Parameter(Position = 0, ParameterSetName = ContainerSet)]
    [ValidateNotNullOrEmpty]
    [TargetTransformation(typeof(HcsContainer))]
    [ArgumentCompleter(typeof(SharedPositionCompleter))]
    public override HcsContainer[] Container { get; set; } = [];

    /// <summary>The ids of the containers; wildcards are allowed.</summary>
    [Parameter(Position = 0, ParameterSetName = IdSet)]
    [Alias("ContainerId")]
    [ContainerIdTransformation]
    [ArgumentCompleter(typeof(ContainerIdCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Id { get; set; } = [];

    /// <summary>
    /// The input of the process, or the containers where none is named. Input is written as it is: bytes unchanged, each
    /// string as a line, any other object as native commands get it.
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    public object? InputObject { get; set; }

    /// <summary>Encoding of text input and output; by default UTF-8.</summary>
    [Parameter]
    [EncodingTransformation]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    public Encoding Encoding { get; set; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes standard output as byte arrays, unchanged.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter AsByteStream { get; set; }

    /// <summary>Collects the output and returns one result object for each process.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter PassThru { get; set; }

    /// <summary>
    /// Runs in the background and returns a job with one child for each container; a child ends with its process.
    /// </summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter AsJob { get; set; }

    internal override bool SharesInput => true;

    private protected override bool WantsJob => AsJob;

    private protected override string Verb => $"run process '{Program}' in";

    private bool HasInput => !_pipesTargets
        && (MyInvocation.ExpectingInput || MyInvocation.BoundParameters.ContainsKey(nameof(InputObject)));

    private InvokeOptions Options => new(
        Encoding, AsByteStream && !PassThru, PassThru, Preferences.ExitCodesAreErrors);

    /// <summary>Returns none: piped objects are input.</summary>
    public override object? GetDynamicParameters() => null;

    /// <inheritdoc/>
    private protected override void BeginHere()
    {
        base.BeginHere();
        if (PassThru && AsByteStream)
        {
            ThrowTerminatingError(HcsErrors.InvalidConfiguration(
                new DocumentProblem("AsByteStream", "-PassThru collects lines of text; leave out one of the two."),
                "run a process",
                null));
        }

        // With input, the first object may decide what the targets are.
        if (!MyInvocation.ExpectingInput || NamesTarget)
        {
            Begin();
        }
    }

    /// <inheritdoc/>
    private protected override void ProcessHere()
    {
        if (!_isReady)
        {
            _pipesTargets = TakeAsTarget(InputObject);
            if (!_pipesTargets)
            {
                Begin();
            }
        }

        if (HasInput && (_running.Count > 0 || AsJob))
        {
            _input ??= new ProcessInput(Encoding);
            Guard($"run process '{Program}'", InputObject, () => Write(_input.Add(InputObject)));
        }
    }

    /// <inheritdoc/>
    private protected override void EndHere()
    {
        if (_pipesTargets)
        {
            RunInPiped();
        }
        else if (!_isReady && Id.Length > 0)
        {
            Begin();
        }

        Finish();
        base.EndHere();
    }

    /// <summary>Starts the process in the targets that the command line names.</summary>
    private void Begin()
    {
        if (Container.Length == 0 && Id.Length == 0)
        {
            ThrowTerminatingError(HcsErrors.WrongTarget(
                $"Cannot run process '{Program}': no container is named. Name one with -Id or -Container, or pipe containers.",
                MyInvocation.MyCommand.Name));
        }

        _isReady = true;
        OnEachHost(() => Prepare(Targets));
        foreach ((ContainerTarget target, ProcessConfig config) in _prepared)
        {
            Start(target, config, Attempt(target));
        }
    }

    /// <summary>
    /// Runs the process in the containers of the pipeline: in one after the other, so that their output does not mix,
    /// where it comes as lines.
    /// </summary>
    private void RunInPiped()
    {
        Prepare(TakePipedTargets());
        foreach ((ContainerTarget target, ProcessConfig config) in _prepared)
        {
            Start(target, config, Attempt(target));
            if (!PassThru)
            {
                Finish();
            }
        }
    }

    // All refusals, warnings and prompts come here, while no process runs that they could end.
    private void Prepare(IEnumerable<ContainerTarget> targets)
    {
        foreach (ContainerTarget target in targets)
        {
            Process(target);
        }
    }

    /// <summary>Ends the input of the processes that run, and waits for their ends.</summary>
    private void Finish()
    {
        Write(_input?.End() ?? []);
        foreach ((InvokedProcess process, string attempt, Task running) in _running)
        {
            Guard(attempt, process.Process.ContainerId, () =>
            {
                try
                {
                    Pipeline.WriteUntil(process.CloseInputAsync(StopToken));
                    Pipeline.Settle(running);
                }
                finally
                {
                    SetLastExitCode(process.Process);
                }
            });
        }

        // An error may stop the pipeline, which would end running processes. At this point none runs.
        foreach ((InvokedProcess process, string attempt, Task running) in _running)
        {
            Guard(attempt, process.Process.ContainerId, () => Pipeline.End(running));
        }

        foreach ((string attempt, string id, Task<HcsProcess> failed) in _notStarted)
        {
            Guard(attempt, id, () => Await(failed));
        }

        _running.Clear();
        _notStarted.Clear();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // The pipeline may end without EndProcessing. The work still ends here, and its processes with it.
        foreach ((_, _, Task running) in _running)
        {
            Pipeline.Abandon(running);
        }

        _running.Clear();
        _input?.Dispose();
        base.Dispose(disposing);
    }

    private void Write(IEnumerable<byte[]> pieces)
    {
        foreach (byte[] bytes in pieces)
        {
            _inputOfJob.AddRange(AsJob ? [bytes] : []);
            foreach ((InvokedProcess process, _, _) in _running)
            {
                Pipeline.WriteUntil(process.WriteInputAsync(bytes, StopToken));
            }
        }
    }

    private protected override void Complete(ProcessConfig config)
    {
        config.CreateStdInPipe = HasInput;
        config.CreateStdOutPipe = true;
        config.CreateStdErrPipe = true;
    }

    private protected override void Process(ContainerTarget target) => Guard(Attempt(target), target.Id, () =>
    {
        ProcessConfig config = BuildConfig(target);
        if (Approve(target, Asked($"Run process '{Program}'")))
        {
            ContainerTarget place = FindPlace(target, config);
            UnenforcedMembers.Warn(this, target.Host, config);
            _prepared.Add((place, config));
        }
    });

    private void Start(ContainerTarget target, ProcessConfig config, string attempt)
    {
        string described = DescriptionOf(config);
        InvokeOptions options = Options;
        if (AsJob)
        {
            Dispatch(
                attempt,
                target.Id,
                (output, deadline) => RunAsJobAsync(target, config, described, options, output, deadline));
            return;
        }

        GuardWithin(attempt, target.Id, begun =>
        {
            Task<HcsProcess> starting = begun.RunAsync(
                deadline => ProcessLaunch.StartAsync(target, config, described, deadline));
            Settle(starting);
            if (starting.IsFaulted && _running.Count > 0 && Preferences.ErrorsStop)
            {
                // An error now would end the processes that already run.
                _notStarted.Add((attempt, target.Id, starting));
                return;
            }

            var process = new InvokedProcess(Await(starting), options);
            Func<ICommandOutput, Action<EndedCall>?> listener = CallRecords.Listener(Preferences);
            Task running = Pipeline.Begin((output, stop) =>
                process.RunAsync(output, begun.Continue(stop).Telling(listener(output))));
            _running.Add((process, attempt, running));
        });
    }

    private async Task RunAsJobAsync(
        ContainerTarget target,
        ProcessConfig config,
        string described,
        InvokeOptions options,
        ICommandOutput output,
        Deadline deadline)
    {
        HcsProcess started = await ProcessLaunch.StartAsync(target, config, described, deadline).ConfigureAwait(false);
        var process = new InvokedProcess(started, options);
        Task running = process.RunAsync(output, deadline);
        foreach (byte[] bytes in _inputOfJob)
        {
            await process.WriteInputAsync(bytes, deadline.Stop).ConfigureAwait(false);
        }

        await process.CloseInputAsync(deadline.Stop).ConfigureAwait(false);
        await running.ConfigureAwait(false);
    }
}
