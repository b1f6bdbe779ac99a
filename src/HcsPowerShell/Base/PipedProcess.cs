using System.Management.Automation;
using HcsPowerShell.Binding;

namespace HcsPowerShell.Base;

/// <summary>
/// What tells a command on containers that a process object was piped to it: the object binds by its container's id,
/// and its own id comes with it.
/// </summary>
/// <remarks>
/// A dynamic parameter, there only while something is piped: no syntax, help or completion shows it.
/// </remarks>
internal sealed class PipedProcess
{
    /// <summary>Id of the process.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true, ParameterSetName = HcsContainerCommand.IdSet, DontShow = true)]
    [NotBlank]
    public object? ProcessId { get; set; }

    public static PipedProcess? Of(PSCmdlet command) => command.MyInvocation.ExpectingInput ? new PipedProcess() : null;
}
