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

/// <summary>
/// A command that starts a process in containers, with one parameter for each member of ProcessConfig.
/// </summary>
public abstract class HcsProcessStartCommand : HcsContainerCommand
{
    private protected HcsProcessStartCommand()
    {
    }

    /// <summary>Command line, passed on verbatim (hcsshim <c>CommandLine</c>).</summary>
    [Parameter(Position = 1)]
    public string? CommandLine { get; set; }

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

    /// <summary>Runs the process in the utility virtual machine.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter CreateInUtilityVm { get; set; }

    /// <summary>OCI runtime specification, for Linux containers: a hashtable, an object or JSON text.</summary>
    [Parameter]
    public object? OCISpecification { get; set; }

    /// <summary>The text of the command: its command line, else its arguments, else its executable.</summary>
    private protected string Described =>
        !string.IsNullOrWhiteSpace(CommandLine) ? CommandLine!
        : CommandArg is { Length: > 0 } arguments ? string.Join(" ", arguments)
        : ApplicationName ?? string.Empty;

    /// <summary>
    /// The program of the command, as messages name it. Arguments may hold secrets, and only the debug stream shows
    /// them.
    /// </summary>
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

    /// <summary>Builds the document and checks it before any call to the service.</summary>
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
