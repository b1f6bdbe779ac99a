using System.Management.Automation;
using HcsPowerShell.Binding;

namespace HcsPowerShell.Base;

/// <summary>
/// Lets a command on containers detect a piped process object. The object binds by the id of its container, and its own
/// id binds here.
/// </summary>
/// <remarks>
/// The parameter is dynamic and exists only with pipeline input, so that syntax, help and completion do not show it.
/// </remarks>
internal sealed class PipedProcess
{
    /// <summary>The id of the process.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true, ParameterSetName = HcsContainerCommand.IdSet, DontShow = true)]
    [NotBlank]
    public object? ProcessId { get; set; }

    public static PipedProcess? Of(PSCmdlet command) => command.MyInvocation.ExpectingInput ? new PipedProcess() : null;
}
