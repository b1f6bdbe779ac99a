using System.Management.Automation;

namespace HcsPowerShell.Abstractions;

/// <summary>
/// A command that acts on containers and refuses a piped process: stopping the container of a process that was meant
/// would be a bad surprise.
/// </summary>
public abstract class HcsContainerOnlyCmdlet : HcsContainerCmdlet, IDynamicParameters
{
    private PipedProcess? _process;

    private protected HcsContainerOnlyCmdlet()
    {
    }

    /// <inheritdoc/>
    public object? GetDynamicParameters() => _process = Abstractions.PipedProcess.Of(this);

    private protected override object? PipedProcess => _process?.ProcessId;
}
