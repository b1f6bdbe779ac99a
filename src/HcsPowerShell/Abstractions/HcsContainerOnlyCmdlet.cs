using System.Management.Automation;

namespace HcsPowerShell.Abstractions;

/// <summary>
/// A command that acts on containers and refuses a piped process: stopping the container of a process that was meant
/// would be a bad surprise.
/// </summary>
public abstract class HcsContainerOnlyCmdlet : HcsContainerCmdlet
{
    private protected HcsContainerOnlyCmdlet()
    {
    }

    /// <summary>Told by a piped process object, which is not a container.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet, DontShow = true)]
    [Alias("ProcessId")]
    public object? ProcessOfContainer { get; set; }

    private protected override object? PipedProcess => ProcessOfContainer;
}
