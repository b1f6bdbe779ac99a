using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Text;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Translation;

namespace HcsPowerShell.Errors;

/// <summary>The only class that creates error records.</summary>
internal static class HcsErrors
{
    private const string OtherVersionAdvice =
        "Use an image of the version of the host; an older one also runs with -HvPartition, a newer one on a newer host.";

    /// <summary>The error record for an exception of an operation.</summary>
    /// <param name="failure">The exception.</param>
    /// <param name="attempt">The attempt, as in "Cannot {start container 'web'}".</param>
    /// <param name="target">The id or object that is the target of the attempt.</param>
    public static ErrorRecord From(Exception failure, string attempt, object? target) => failure switch
    {
        FailedRunException { InnerException: { } cause } e => From(cause, attempt, e.Result),
        FailedRestartException { InnerException: { } cause } e => WithSentence(
            From(cause, attempt, target),
            $"The container has been stopped; its configuration, with secrets masked, is: {e.Document}"),
        NoConfigurationException e => Record(e, "HcsNoConfiguration", ErrorCategory.ObjectNotFound, target,
            $"Cannot {attempt}: {e.Message}",
            "Use a container that New-HcsContainer created in this session, or stop it and create it from its configuration."),
        ExplainedException { InnerException: { } cause } e => WithSentence(From(cause, attempt, target), e.Message),
        HcsException e => FromService(e, attempt, target),
        NetworkException e => OfNetwork(e, attempt, target),
        LayerException e => OfLayer(e, attempt, target),
        ImageException e => OfImage(e, attempt, target),
        VirtualDiskException e => OfVirtualDisk(e, attempt, target),
        NotAMachineException e => Record(e, "HcsNotAMachine", ErrorCategory.InvalidType, target,
            $"Cannot {attempt}: {e.Message}", "Get-HcsContainer shows the isolation; Suspend-HcsContainer and Stop-HcsContainer take any."),
        NotHostedException e => Record(e, "HcsNotHosted", ErrorCategory.InvalidType, target,
            $"Cannot {attempt}: {e.Message}", "Leave out -HostingSystem; Get-HcsContainer shows the isolation."),
        TimeoutException e => OperationTimeout(e, attempt, target),
        HostNotFoundException e => Record(e, "HcsHostNotFound", ErrorCategory.ObjectNotFound, target,
            e.Message, "List the hosts with Get-HcsHost; Connect-HcsHost makes one."),
        HostDisconnectedException e => Record(e, "HcsHostDisconnected", ErrorCategory.ConnectionError, target,
            $"Cannot {attempt}: {e.Message}",
            "Open a session with New-PSSession and give it to Connect-HcsHost -Session. Containers of a Windows host go on."),
        HostBusyException e => Record(e, "HcsHostBusy", ErrorCategory.ResourceBusy, target,
            $"Cannot {attempt}: {e.Message}",
            "Stop that command or its job first, or connect another session to the computer with another -Name."),
        HostExistsException e => Record(e, "HcsHostExists", ErrorCategory.ResourceExists, target,
            $"Cannot {attempt}: {e.Message}", "Use that host, disconnect it with Disconnect-HcsHost, or give another -Name."),
        ModuleMissingException e => Record(e, "HcsModuleMissing", ErrorCategory.NotInstalled, target,
            $"Cannot {attempt}: {e.Message}",
            "Install the same version of HcsPowerShell there, or use a role of the session that may run the command."),
        NotOverRemotingException e => Record(e, "HcsNotOverRemoting", ErrorCategory.NotImplemented, target,
            $"Cannot {attempt}: {e.Message} Type instead: {e.Line}", e.Line),
        AmbiguousIdException e => Record(e, "HcsAmbiguousId", ErrorCategory.InvalidArgument, target,
            $"Cannot {attempt}: {e.Message}", "Type more of the id, or the whole of it."),
        HostMismatchException e => Record(e, "HcsHostMismatch", ErrorCategory.InvalidArgument, target,
            e.Message, "Leave out -HcsHost: an object remembers the host it came from."),
        OtherComputerException e => Record(e, "HcsOtherComputer", ErrorCategory.InvalidArgument, target,
            $"Cannot {attempt}: {e.Message} {e.Lead}: {e.Line}", e.Line),
        ProcessPipeException e => Record(e, "HcsNoPipe", ErrorCategory.InvalidOperation, target,
            $"Cannot {attempt}: {e.Message}", e.Advice),
        ProcessExitCodeException e => Record(e, "HcsProcessExitCode", ErrorCategory.InvalidResult,
            target as HcsProcessResult ?? (object)e.Process, e.Message,
            "Look at what it wrote; $PSNativeCommandUseErrorActionPreference = $false leaves it to $LASTEXITCODE."),
        NoTerminalException e => NoTerminal(e, attempt, target),
        HcsTranslationException e => Record(e, "HcsMemberHasNoCounterpart", ErrorCategory.InvalidArgument, target,
            $"Cannot {attempt}: {e.Message}", $"Leave out {e.Member}, or use schema 1."),
        HcsDocumentException e => InvalidConfiguration(new DocumentProblem(e.Path, e.Reason), attempt, target, e),
        OutputLimitException e => Record(e, "HcsLimitReached", ErrorCategory.LimitsExceeded, target,
            $"Cannot {attempt}: {e.Message}", "Take the output line by line, or send it to a file."),
        DecoderFallbackException e => Record(e, "HcsNotInEncoding", ErrorCategory.InvalidData, target,
            $"Cannot {attempt}: what the process wrote is no text in the encoding that was asked for.",
            "Name the encoding of the program with -Encoding, or take bytes with -AsByteStream."),
        EncoderFallbackException e => Record(e, "HcsNotInEncoding", ErrorCategory.InvalidData, target,
            $"Cannot {attempt}: the input holds a character that the encoding asked for does not have.",
            "Name another encoding with -Encoding, or give bytes."),
        OutOfMemoryException e => Record(e, "HcsOutOfMemory", ErrorCategory.ResourceUnavailable, target,
            $"Cannot {attempt}: this PowerShell process has no memory left.",
            "Take less at a time, or free memory."),
        IOException or UnauthorizedAccessException or ObjectDisposedException => Record(
            failure, "HcsOperationFailed", ErrorCategory.InvalidOperation, target,
            $"Cannot {attempt}: {failure.Message}", "Check the file or stream that the message names, and try again."),
        _ => Record(failure, "HcsOperationFailed", ErrorCategory.InvalidOperation, target,
            $"Cannot {attempt}: {failure.Message}", "Report this as a defect of the module."),
    };

    /// <summary>A document or parameter is refused before any call is made.</summary>
    public static ErrorRecord InvalidConfiguration(
        DocumentProblem problem, string attempt, object? target, Exception? cause = null) =>
        Record(
            cause ?? new ArgumentException($"{problem.Path}: {problem.Message}"),
            "HcsInvalidConfiguration",
            ErrorCategory.InvalidData,
            target,
            $"Cannot {attempt}: {problem.Path}: {problem.Message}",
            $"Correct {problem.Path} and run the command again; nothing was changed.");

    /// <summary>An argument is null. The id, exception type and category are those of PowerShell's own error.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="reason">The reason for the refusal.</param>
    public static ErrorRecord NullArgument(string parameter, string reason = "it is null, or holds null")
    {
        string message = $"Cannot bind argument to parameter '{parameter}' because {reason}.";
        return Record(
            new ParameterBindingException(message),
            "ParameterArgumentValidationErrorNullNotAllowed",
            ErrorCategory.InvalidData,
            parameter,
            message,
            $"Leave out -{parameter}, or give it a value.");
    }

    /// <summary>A command does not have a parameter. The id and exception type are those of PowerShell's own error.</summary>
    public static ErrorRecord UnknownParameter(string name)
    {
        string message = $"A parameter cannot be found that matches parameter name '{name}'.";
        return Record(
            new ParameterBindingException(message),
            "NamedParameterNotFound",
            ErrorCategory.InvalidArgument,
            name,
            message,
            "Correct the name; for an argument of the program write -- before it, or put it in quotation marks.");
    }

    /// <summary>A parameter does not accept its default value, so that the command would run without it.</summary>
    public static ErrorRecord UnboundDefault(string parameter)
    {
        string message = $"Parameter '{parameter}' does not take its default value in $PSDefaultParameterValues.";
        return Record(
            new ParameterBindingException(message),
            "HcsDefaultNotBound",
            ErrorCategory.InvalidArgument,
            parameter,
            message,
            $"Correct or remove the default value, or give -{parameter} another one.");
    }

    /// <summary>The command must ask for confirmation, but the session cannot ask the user.</summary>
    public static ErrorRecord ConfirmationRequired(string message, object target) =>
        Record(
            new InvalidOperationException(message),
            "HcsConfirmationRequired",
            ErrorCategory.OperationStopped,
            target,
            message,
            "Add -Confirm:$false to do it unattended.");

    /// <summary>A command that needs a terminal runs in a session without one.</summary>
    public static ErrorRecord NoTerminal(NoTerminalException cause, string attempt, object? target) =>
        Record(cause, "HcsNoTerminal", ErrorCategory.ResourceUnavailable, target,
            $"Cannot {attempt}: {cause.Message}", "Run it at the prompt of a terminal; scripts use Invoke-HcsProcess.");

    /// <summary>A file with a document cannot be read.</summary>
    public static ErrorRecord PathNotFound(Exception cause, string path) =>
        Record(cause, "HcsPathNotFound", ErrorCategory.ObjectNotFound, path,
            $"Cannot read '{path}': {cause.Message}", "Check the path.");

    /// <summary>The file of a report cannot be written.</summary>
    public static ErrorRecord FileNotWritable(Exception cause, string path) =>
        Record(cause, "HcsFileNotWritable", ErrorCategory.WriteError, path,
            $"Cannot write '{path}': {cause.Message}", "Name another file, or see what keeps this one from being written.");

    /// <summary>An input object of a report is neither a sample nor an event.</summary>
    public static ErrorRecord NotForReport(PSObject value) =>
        Record(
            new ArgumentException($"'{value}' is neither a sample nor an event."),
            "HcsInvalidTarget",
            ErrorCategory.InvalidType,
            value,
            $"Cannot report '{value}': it is neither a sample nor an event.",
            "Pipe what Get-HcsStatistics and Watch-HcsEvent give.");

    /// <summary>A target is of a kind that the command does not act on.</summary>
    public static ErrorRecord WrongTarget(string message, object target) =>
        Record(
            new ArgumentException(message),
            "HcsInvalidTarget",
            ErrorCategory.InvalidType,
            target,
            message,
            "Pipe a container, or name it with -Id.");

    /// <summary>
    /// A piped object is not a process. For an object that is none of the module, the id and the exception type are
    /// those of PowerShell's own error.
    /// </summary>
    /// <param name="command">The command that received the object.</param>
    /// <param name="value">The object.</param>
    /// <param name="containerLine">The line to type for a container.</param>
    public static ErrorRecord NotAProcess(string command, object value, string containerLine)
    {
        bool isContainer = OutputObject.IsOf(value, typeof(HcsContainer));
        string message = isContainer
            ? $"Container '{value}' is not a process, and {command} acts on processes."
            : $"'{value}' is not a process, and {command} acts on processes.";
        return Record(
            new ParameterBindingException(message),
            isContainer ? "HcsInvalidTarget" : "InputObjectNotBound",
            ErrorCategory.InvalidArgument,
            value,
            message,
            isContainer
                ? $"For all its processes: {containerLine}"
                : "Pipe what Get-HcsProcess or Start-HcsProcess gives.");
    }

    /// <summary>
    /// An output object is not a configuration. If the user pipes it by accident, the command must not copy it.
    /// </summary>
    /// <param name="value">The object.</param>
    /// <param name="type">Its type.</param>
    /// <param name="attempt">The attempt, as in "Cannot {create a container from} 'web'".</param>
    /// <param name="advice">The command to type instead.</param>
    public static ErrorRecord NotAConfiguration(object value, string type, string attempt, string advice)
    {
        string message = $"Cannot {attempt} '{value}': it is an {type}, not a configuration, and is not copied.";
        return Record(
            new ArgumentException(message),
            "HcsInvalidTarget",
            ErrorCategory.InvalidType,
            value,
            message,
            advice);
    }

    /// <summary>An error of a command that ran on another computer. It keeps its id and category.</summary>
    /// <param name="host">The host that it is of.</param>
    /// <param name="received">The error, as it came.</param>
    /// <param name="target">Its target, as an object of this process.</param>
    public static ErrorRecord FromHost(HcsHost host, ErrorRecord received, object? target)
    {
        string message = $"[{host}] {received}";
        return Record(
            new RemoteHostException(message, received.Exception),
            received.FullyQualifiedErrorId.Split(',')[0],
            received.CategoryInfo.Category,
            target,
            message,
            received.ErrorDetails?.RecommendedAction ?? string.Empty);
    }

    /// <summary>One line that a process wrote to standard error.</summary>
    public static ErrorRecord StandardError(string line, HcsProcess process) =>
        new(new ProcessErrorOutputException(line), "HcsProcessErrorOutput", ErrorCategory.FromStdErr, process);

    /// <summary>The same error, when it ends a command whose work on other targets continues.</summary>
    public static ErrorRecord WhileOthersGoOn(ErrorRecord record, IReadOnlyList<string> others) =>
        WithSentence(record, $"What was begun for others goes on and is not waited for: {string.Join(", ", others)}.");

    private static ErrorRecord WithSentence(ErrorRecord record, string sentence) =>
        new(record.Exception, record.FullyQualifiedErrorId, record.CategoryInfo.Category, record.TargetObject)
        {
            ErrorDetails = new ErrorDetails($"{record} {sentence}")
            {
                RecommendedAction = record.ErrorDetails.RecommendedAction,
            },
        };

    /// <summary>The reason for a failure, as a sentence for a warning.</summary>
    public static string Reason(Exception failure) => failure is HcsException e
        ? $"{HcsErrorTable.Find(e).Sentence} ({CallOf(e)})."
        : failure.Message;

    private static ErrorRecord FromService(HcsException failure, string attempt, object? target)
    {
        HcsErrorRow row = HcsErrorTable.Find(failure);
        string said = ServiceMessage.Of(failure.ResultDocument);
        string message = VisibleText.OfMessage(
            $"Cannot {attempt}: {row.Sentence}.{(said.Length > 0 ? " " + said : string.Empty)}"
            + $" ({CallOf(failure)})");

        // Runbooks log $_.Exception.Message, so the exception has the same message as the record, and keeps its facts.
        var told = new HcsException(
            failure.Function, failure.HResult, failure.SystemId, failure.ResultDocument, failure, message);
        return Record(told, row.Id, row.Category, target, message, row.Advice);
    }

    // The name of a code is what users find in documentation and in reports of others.
    private static string CallOf(HcsException failure) =>
        $"{failure.Function}: 0x{failure.HResult:X8}{(failure.Symbol is { } symbol ? ", " + symbol : string.Empty)}";

    private static ErrorRecord OfLayer(LayerException failure, string attempt, object? target)
    {
        (string id, ErrorCategory category, string advice) = failure.Problem switch
        {
            LayerProblem.NotFound => (
                "HcsLayerNotFound", ErrorCategory.ObjectNotFound, "Check the path; Get-HcsLayer describes a layer."),
            LayerProblem.NotALayer => (
                "HcsNotALayer", ErrorCategory.InvalidType, "Get-HcsLayer tells the kind of a layer; New-HcsLayer makes a scratch."),
            LayerProblem.AlreadyExists => (
                "HcsLayerAlreadyExists", ErrorCategory.ResourceExists, "Name a new folder, or mount the scratch that is there."),
            LayerProblem.NotInitialized => (
                "HcsLayerNotInitialized", ErrorCategory.InvalidOperation, "Complete it once with Initialize-HcsLayer."),
            LayerProblem.OtherVersion => (
                "HcsLayerOfOtherVersion", ErrorCategory.InvalidType, OtherVersionAdvice),
            LayerProblem.NoUtilityVM => (
                "HcsNoUtilityVM", ErrorCategory.ObjectNotFound, "Use layers of Windows that have a folder UtilityVM, name one with -HvRuntime, or leave out -HvPartition."),
            LayerProblem.AlreadyInitialized => (
                "HcsLayerAlreadyInitialized", ErrorCategory.InvalidOperation, "Use it as it is."),
            LayerProblem.ParentMissing => (
                "HcsLayerParentMissing", ErrorCategory.ObjectNotFound, "Name the layers below it, newest first, with -ParentLayer."),
            LayerProblem.ChainUnreadable => (
                "HcsLayerChainUnreadable", ErrorCategory.InvalidData, "Correct the file, or name the parents with -ParentLayer."),
            LayerProblem.ChainLoop => (
                "HcsLayerChainLoop", ErrorCategory.InvalidData, "Correct layerchain.json, or name each parent once."),
            LayerProblem.OtherParents => (
                "HcsLayerOfOtherParents", ErrorCategory.InvalidArgument, "Use the layers or the image that the scratch was made on, or another scratch."),
            LayerProblem.InUse => (
                "HcsLayerInUse", ErrorCategory.ResourceBusy, "Stop the container, dismount the scratch or remove the layer that uses it first."),
            LayerProblem.Foreign => (
                "HcsLayerForeign", ErrorCategory.PermissionDenied, "Use the program that it belongs to, such as docker rmi or ctr images rm."),
            _ => ("HcsOperationFailed", ErrorCategory.InvalidOperation, "Report this as a defect of the module."),
        };
        return Record(failure, id, category, target, $"Cannot {attempt}: {failure.Message}", advice);
    }

    private static ErrorRecord OfImage(ImageException failure, string attempt, object? target)
    {
        (string id, ErrorCategory category, string advice) = failure.Problem switch
        {
            ImageProblem.NotFound => (
                "HcsImageNotFound", ErrorCategory.ObjectNotFound, "Get-HcsImage lists the images; Import-HcsImage adds one."),
            ImageProblem.Unreadable => (
                "HcsImageUnreadable", ErrorCategory.InvalidData, "Give a file of docker save, or an OCI layout as a folder or a tar file."),
            ImageProblem.Damaged => (
                "HcsImageDamaged", ErrorCategory.InvalidData, "Fetch or save the image again."),
            ImageProblem.Ambiguous => (
                "HcsAmbiguousImage", ErrorCategory.InvalidArgument, "Type the whole name, or its digest."),
            ImageProblem.OtherPlatform => (
                "HcsImageOfOtherPlatform", ErrorCategory.InvalidType, "Use an image for the operating system and the processor of the host."),
            ImageProblem.OtherVersion => (
                "HcsImageOfOtherVersion", ErrorCategory.InvalidType, OtherVersionAdvice),
            ImageProblem.Refused => (
                "HcsRegistryRefused", ErrorCategory.ConnectionError, "Check the reference, the network, -Credential and the certificate of the registry."),
            ImageProblem.InUse => (
                "HcsImageInUse", ErrorCategory.ResourceBusy, "Stop the container, or remove the scratch that uses it first."),
            ImageProblem.Foreign => (
                "HcsImageForeign", ErrorCategory.PermissionDenied, "Use the program that it belongs to, such as docker rmi or ctr images rm."),
            ImageProblem.ToolMissing => (
                "HcsToolMissing", ErrorCategory.NotInstalled, "Install the package that the message names."),
            _ => ("HcsOperationFailed", ErrorCategory.InvalidOperation, "Report this as a defect of the module."),
        };
        return Record(failure, id, category, target, $"Cannot {attempt}: {failure.Message}", advice);
    }

    private static ErrorRecord OfVirtualDisk(VirtualDiskException failure, string attempt, object? target)
    {
        (string id, ErrorCategory category, string advice) = failure.Problem switch
        {
            VirtualDiskProblem.NotFound => (
                "HcsFileNotFound", ErrorCategory.ObjectNotFound, "Check the path; nothing was changed."),
            VirtualDiskProblem.Unreadable => (
                "HcsVirtualDiskUnreadable", ErrorCategory.InvalidData, "Restore the disk from a copy; nothing was changed."),
            VirtualDiskProblem.ParentMissing => (
                "HcsVirtualDiskParentMissing", ErrorCategory.ObjectNotFound, "Put the parent where the disk names it; nothing was changed."),
            VirtualDiskProblem.ParentRefused => (
                "HcsVirtualDiskParentRefused", ErrorCategory.PermissionDenied, "Look where the disk comes from: a disk of others can name any file. Nothing was changed."),
            VirtualDiskProblem.ChainLoop => (
                "HcsVirtualDiskLoop", ErrorCategory.InvalidData, "Restore the disk from a copy; nothing was changed."),
            _ => ("HcsOperationFailed", ErrorCategory.InvalidOperation, "Report this as a defect of the module."),
        };
        return Record(failure, id, category, target, $"Cannot {attempt}: {failure.Message}", advice);
    }

    private static ErrorRecord OfNetwork(NetworkException failure, string attempt, object? target)
    {
        (string id, ErrorCategory category, string advice) = failure.Problem switch
        {
            NetworkProblem.NetworkNotFound => (
                "HcsNetworkNotFound", ErrorCategory.ObjectNotFound, "Get-HcsNetwork lists the networks; New-HcsNetwork makes one."),
            NetworkProblem.EndpointNotFound => (
                "HcsEndpointNotFound", ErrorCategory.ObjectNotFound, "Get-HcsEndpoint lists the endpoints; New-HcsEndpoint makes one."),
            NetworkProblem.Ambiguous => (
                "HcsAmbiguousNetwork", ErrorCategory.InvalidArgument, "Name the network by its id: Get-HcsNetwork shows it."),
            NetworkProblem.NoDefault => (
                "HcsNoDefaultNetwork", ErrorCategory.ObjectNotFound, "Make one with New-HcsNetwork nat, or name one with -Network."),
            NetworkProblem.NetworkInUse => (
                "HcsNetworkInUse", ErrorCategory.ResourceBusy, "Remove the endpoints first, or add -Force, which removes them too."),
            NetworkProblem.EndpointInUse => (
                "HcsEndpointInUse", ErrorCategory.ResourceBusy, "Use Disconnect-HcsEndpoint first, or add -Force."),
            NetworkProblem.NoNamespace => (
                "HcsNoNetworkNamespace", ErrorCategory.ObjectNotFound, "Create the container with a network; a container of schema 2 cannot get its first one later."),
            _ => ("HcsOperationFailed", ErrorCategory.InvalidOperation, "Report this as a defect of the module."),
        };
        return Record(failure, id, category, target, $"Cannot {attempt}: {failure.Message}", advice);
    }

    private static ErrorRecord OperationTimeout(TimeoutException failure, string attempt, object? target) =>
        Record(
            failure,
            "HcsOperationTimeout",
            ErrorCategory.OperationTimeout,
            target,
            $"Cannot {attempt} in time: {failure.Message}",
            "Allow more time with -TimeoutSec.");

    private static ErrorRecord Record(
        Exception cause, string id, ErrorCategory category, object? target, string message, string advice) =>
        new(cause, id, category, target)
        {
            ErrorDetails = new ErrorDetails(VisibleText.OfMessage(message)) { RecommendedAction = advice },
        };
}

/// <summary>Carries a line of standard error in an error record, as PowerShell does for native commands.</summary>
internal sealed class ProcessErrorOutputException(string line) : Exception(line);

/// <summary>A command failed on another computer.</summary>
/// <param name="message">The message, which names the host.</param>
/// <param name="cause">The exception, as the engine received it.</param>
internal sealed class RemoteHostException(string message, Exception cause) : Exception(message, cause);
