using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Binding;
using HcsPowerShell.Documents;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Rules;
using HcsPowerShell.Processes;

namespace HcsPowerShell.Base;

/// <summary>A command that starts a process in containers: one parameter for each member of ProcessConfig.</summary>
public abstract class HcsProcessStartCommand : HcsContainerCommand
{
    private protected HcsProcessStartCommand()
    {
    }

    /// <summary>Command line, passed on verbatim (hcsshim <c>CommandLine</c>).</summary>
    [Parameter(Position = 1)]
    public string? CommandLine { get; set; }

    /// <summary>Path of the executable; the command line then still begins with argument 0.</summary>
    [Parameter]
    public string? ApplicationName { get; set; }

    /// <summary>Arguments one by one, argument 0 first, taken as they are (hcsshim <c>CommandArgs</c>).</summary>
    [Parameter]
    [Alias("CommandArgs")]
    public string[]? CommandArg { get; set; }

    /// <summary>User the process runs as.</summary>
    [Parameter]
    public string? User { get; set; }

    /// <summary>Working folder inside the container.</summary>
    [Parameter]
    public string? WorkingDirectory { get; set; }

    /// <summary>Environment variables to add, as a hashtable; values are never shown.</summary>
    [Parameter]
    public IDictionary? Environment { get; set; }

    /// <summary>Runs the process in the utility virtual machine.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter CreateInUtilityVm { get; set; }

    /// <summary>OCI runtime specification, for Linux containers: a hashtable, an object or JSON text.</summary>
    [Parameter]
    public object? OCISpecification { get; set; }

    /// <summary>The command as a person would name it.</summary>
    private protected string Described =>
        !string.IsNullOrWhiteSpace(CommandLine) ? CommandLine!
        : CommandArg is { Length: > 0 } arguments ? string.Join(" ", arguments)
        : ApplicationName ?? string.Empty;

    /// <summary>The command as a message names it: its program. Arguments hold secrets, and are shown in the debug stream alone.</summary>
    private protected string Program => VisibleText.OfName(
        ApplicationName is { Length: > 0 } path ? path
        : CommandArg is { Length: > 0 } arguments ? arguments[0]
        : ProcessLaunch.ProgramOf(CommandLine ?? string.Empty))!;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        WriteDebug("Command line: " + VisibleText.OfName(Described));
    }

    /// <summary>The document; checked, so that nothing is called in vain.</summary>
    /// <exception cref="HcsDocumentException">A value is refused.</exception>
    private protected ProcessConfig BuildConfig()
    {
        var config = new ProcessConfig
        {
            ApplicationName = ApplicationName,
            CommandLine = CommandLine,
            CommandArgs = CommandArg,
            User = User,
            WorkingDirectory = WorkingDirectory,
            Environment = Environment?.Cast<DictionaryEntry>().ToDictionary(
                e => e.Key.ToString() ?? string.Empty, e => VariableText(e.Key, e.Value)),
            CreateInUtilityVm = CreateInUtilityVm,
            OCISpecification = OCISpecification is null ? null : RawDocument.Read(OCISpecification, "OCISpecification"),
        };
        Complete(config);
        return ProcessConfigRules.Check(config).FirstOrDefault() is { } problem
            ? throw new HcsDocumentException(problem.Path, problem.Message)
            : config;
    }

    /// <summary>Reports the exit as a native command would: a number that scripts know to look at, and no error.</summary>
    private protected void SetLastExitCode(HcsProcess process) =>
        SessionState.PSVariable.Set("global:LASTEXITCODE", process.LastExitCode);

    /// <summary>What PowerShell makes of a value where text is wanted; nothing that it would make up for a list or object.</summary>
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

    /// <summary>Sets what the command itself decides: pipes and console.</summary>
    private protected abstract void Complete(ProcessConfig config);
}
