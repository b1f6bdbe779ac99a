using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Binding;
using HcsPowerShell.Completion;
using HcsPowerShell.Documents;
using HcsPowerShell.Errors;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Rules;
using HcsPowerShell.Processes;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Base;

/// <summary>
/// A command that starts a process in containers, with one parameter for each member of ProcessConfig.
/// </summary>
/// <remarks>
/// Where no container is named, piped containers are the targets, and the first position is the command.
/// </remarks>
public abstract class HcsProcessStartCommand : HcsContainerCommand
{
    private const string EntryPoint = "entry point";

    private static readonly TargetTransformationAttribute s_asContainer = new(typeof(HcsContainer));

    private readonly List<HcsContainer> _containers = [];
    private PipedTarget? _piped;
    private bool? _namesTarget;
    private bool? _pipesTargets;
    private bool _hasOthers;

    private protected HcsProcessStartCommand()
    {
    }

    /// <summary>Command line, passed on verbatim (hcsshim <c>CommandLine</c>).</summary>
    [Parameter(Position = 1)]
    public string? CommandLine { get; set; }

    /// <summary>
    /// The arguments after the program at the position of the command line, one text each, as after <c>--</c>.
    /// </summary>
    [Parameter(ValueFromRemainingArguments = true)]
    [AllowEmptyString]
    public string[] ArgumentList { get; set; } = [];

    /// <summary>Path of the executable. The command line still begins with argument 0.</summary>
    [Parameter]
    public string? ApplicationName { get; set; }

    /// <summary>Separate arguments, argument 0 first, passed on unchanged (hcsshim <c>CommandArgs</c>).</summary>
    [Parameter]
    [Alias("CommandArgs")]
    public string[]? CommandArg { get; set; }

    /// <summary>The user that the process runs as.</summary>
    [Parameter]
    public string? User { get; set; }

    /// <summary>Working folder inside the container.</summary>
    [Parameter]
    public string? WorkingDirectory { get; set; }

    /// <summary>Environment variables to add, as a hashtable; values are never shown.</summary>
    [Parameter]
    public IDictionary? Environment { get; set; }

    /// <summary>Runs the process in the utility virtual machine; schema 1 only.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter CreateInUtilityVm { get; set; }

    /// <summary>Runs the process in the virtual machine that hosts the container.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter HostingSystem { get; set; }

    /// <summary>OCI runtime specification, for Linux containers: a hashtable, an object or JSON text.</summary>
    [Parameter]
    public object? OCISpecification { get; set; }

    /// <summary>The text of the command: its command line, else its arguments, else its executable.</summary>
    private protected string Described =>
        !string.IsNullOrWhiteSpace(CommandLine) ? string.Join(" ", [CommandLine!, .. ArgumentList])
        : CommandArg is { Length: > 0 } arguments ? string.Join(" ", arguments)
        : ApplicationName ?? string.Empty;

    /// <summary>The text of the command that a document asks for, which may be that of an image.</summary>
    private protected string DescriptionOf(ProcessConfig config) =>
        Described.Length > 0 ? Described
        : config.CommandLine ?? string.Join(" ", config.CommandArgs ?? []);

    /// <summary>
    /// The program of the command, as messages name it. Arguments may hold secrets, and only the debug stream shows
    /// them.
    /// </summary>
    private protected string Program => VisibleText.OfName(
        ApplicationName is { Length: > 0 } path ? path
        : CommandArg is { Length: > 0 } arguments ? arguments[0]
        : ArgumentList.Length > 0 ? CommandLine
        : string.IsNullOrWhiteSpace(CommandLine) ? EntryPoint
        : ProcessLaunch.ProgramOf(CommandLine ?? string.Empty))!;

    /// <summary>
    /// Where a target is bound before the pipeline, the parameter for containers that come all the same.
    /// </summary>
    public override object? GetDynamicParameters() =>
        MyInvocation.ExpectingInput && (Id.Length > 0 || Container.Length > 0)
            ? _piped = new PipedTarget()
            : base.GetDynamicParameters();

    /// <inheritdoc/>
    private protected override void ProcessHere()
    {
        if (_piped is null)
        {
            base.ProcessHere();
        }
        else if (!TakeAsTarget(_piped.PipedObject))
        {
            WriteError(HcsErrors.WrongTarget(
                $"'{_piped.PipedObject}' is piped, a container is named already, and {MyInvocation.MyCommand.Name} takes no input.",
                MyInvocation.MyCommand.Name));
        }
    }

    /// <inheritdoc/>
    private protected override void EndHere()
    {
        if (_piped is not null && _pipesTargets == true)
        {
            foreach (ContainerTarget target in TakePipedTargets())
            {
                Process(target);
            }
        }

        base.EndHere();
    }

    /// <inheritdoc/>
    private protected override void RequireArguments()
    {
        if (UnknownParameter.In(this, ArgumentList) is { } name)
        {
            ThrowTerminatingError(HcsErrors.UnknownParameter(name));
        }

        base.RequireArguments();
    }

    /// <inheritdoc/>
    private protected override void BeginHere()
    {
        base.BeginHere();
        WriteDebug("Command line: " + VisibleText.OfName(Described));
    }

    /// <summary>
    /// True when the command line names a target. One text at the first position is none when containers are piped, nor
    /// is the first of several when no container has that id.
    /// </summary>
    private protected bool NamesTarget => _namesTarget ??= Container.Length > 0 || (Id.Length > 0 && !MayBeCommand);

    private bool MayBeCommand =>
        Id.Length == 1
        && NamedObject.Of(Id[0]) is null
        && CommandArg is null
        && ApplicationName is null
        && (CommandLine is null || !IsContainer(Id[0]));

    /// <summary>
    /// Takes an object of the pipeline as a target; false when it is something else. The first object decides for all.
    /// </summary>
    private protected bool TakeAsTarget(object? piped)
    {
        HcsContainer? container = _pipesTargets == false ? null : ContainerIn(piped);
        _pipesTargets ??= container is not null && !NamesTarget;
        if (_pipesTargets == true && container is not null)
        {
            _containers.Add(container);
        }
        else if (_pipesTargets == true)
        {
            _hasOthers = true;
        }

        return _pipesTargets.Value;
    }

    /// <summary>The containers of the pipeline. The texts at all positions are the command then.</summary>
    private protected IEnumerable<ContainerTarget> TakePipedTargets()
    {
        if (Id.Length > 0)
        {
            ArgumentList = CommandLine is null ? ArgumentList : [CommandLine, .. ArgumentList];
            CommandLine = Id[0];
            Id = [];
        }

        if (_hasOthers)
        {
            ThrowTerminatingError(HcsErrors.WrongTarget(
                $"Cannot {Verb} the containers of the pipeline: not every object of it is a container. Nothing was started.",
                MyInvocation.MyCommand.Name));
        }

        return new ContainerTargets(this, Verb).FromObjects(_containers);
    }

    // A deserialized container is one too.
    private HcsContainer? ContainerIn(object? piped) => piped is null ? null :
        s_asContainer.Transform((EngineIntrinsics)GetVariableValue("ExecutionContext"), piped) as HcsContainer;

    // When the service does not tell, its error is written, and the text names a target as it does everywhere else.
    private bool IsContainer(string text)
    {
        bool isThere = true;
        if (IdPattern.Parse(text) is null)
        {
            GuardWithin($"find container '{text}'", text, deadline =>
                isThere = HostsHere().Any(
                    host => Await(host.ListAsync(new ComputeSystemQuery { Ids = [text] }, deadline)).Any()));
        }

        return isThere;
    }

    /// <summary>
    /// The system in which the process of a container is created. With -HostingSystem the service is asked, and the document
    /// may change.
    /// </summary>
    private protected ContainerTarget FindPlace(ContainerTarget target, ProcessConfig config)
    {
        if (!HostingSystem)
        {
            return target;
        }

        ProcessPlace place = Await(ProcessPlace.OfHostAsync(target, new Deadline(TimeoutSec, StopToken)));
        config.CreateInUtilityVm = place.IsInUtilityVm;
        return place.Target;
    }

    /// <summary>The action of a confirmation, with the virtual machine where the process runs in one.</summary>
    private protected string Asked(string action) =>
        HostingSystem ? $"{action} in the virtual machine that hosts it" : action;

    /// <summary>
    /// Builds the document, with the defaults of the container's image where the process runs in it, and checks it before the
    /// process is created.
    /// </summary>
    /// <exception cref="HcsDocumentException">A value is refused.</exception>
    private protected ProcessConfig BuildConfig(ContainerTarget target)
    {
        bool isProgram = ArgumentList.Length > 0 && CommandArg is null;
        var config = new ProcessConfig
        {
            ApplicationName = ApplicationName,
            CommandLine = isProgram ? null : CommandLine,
            CommandArgs = isProgram ? [CommandLine!, .. ArgumentList] : CommandArg,
            User = User,
            WorkingDirectory = WorkingDirectory,
            Environment = Environment?.Cast<DictionaryEntry>().ToDictionary(
                e => e.Key.ToString() ?? string.Empty, e => VariableText(e.Key, e.Value)),
            CreateInUtilityVm = CreateInUtilityVm,
            OCISpecification = OCISpecification is null ? null : RawDocument.Read(OCISpecification, "OCISpecification"),
        };
        Complete(config);
        if (!HostingSystem && ImageOf(target) is { } image)
        {
            ImageDefaults.Apply(config, image);
        }

        return ProcessConfigRules.Check(config).FirstOrDefault() is { } problem
            ? throw new HcsDocumentException(problem.Path, problem.Message)
            : config;
    }

    // The record tells of a container that another session has created.
    private ImageProperties? ImageOf(ContainerTarget target) => target.Tracked?.CreatedFrom is { } from
        ? from.Owned?.Image
        : Await(target.Host.Ownership.ReadAsync(target.Id, new Deadline(TimeoutSec, StopToken)))?.Record?.Image;

    /// <summary>Sets <c>$LASTEXITCODE</c>, as a native command does; the exit code itself is not an error.</summary>
    private protected void SetLastExitCode(HcsProcess process) =>
        SessionState.PSVariable.Set("global:LASTEXITCODE", process.LastExitCode);

    /// <summary>Converts a simple value to text as PowerShell does. Refuses a list or an object.</summary>
    private static string VariableText(object name, object? value) =>
        (value is null ? null : DocumentReader.Plain(value)) switch
        {
            null => string.Empty,
            string text => text,
            ValueType plain => LanguagePrimitives.ConvertTo<string>(plain),
            Uri or Version => $"{value}",
            _ => throw new HcsDocumentException(
                $"Environment.{name}", "the value of an environment variable is one text, not a list or an object"),
        };

    /// <summary>Sets the members that the command itself decides: pipes and console.</summary>
    private protected abstract void Complete(ProcessConfig config);
}

/// <summary>
/// Takes the objects of the pipeline where the command line has bound a target. The text at its position may be the
/// command, and the containers the targets.
/// </summary>
internal sealed class PipedTarget
{
    /// <summary>The object.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    [ValidateNotNull]
    public object? PipedObject { get; set; }
}
