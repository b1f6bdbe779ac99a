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
    private const string Name = "ProcessId";

    private readonly RuntimeDefinedParameter _id;

    private PipedProcess(string parameterSet)
    {
        var parameter = new ParameterAttribute
        {
            ValueFromPipelineByPropertyName = true,
            ParameterSetName = parameterSet,
            DontShow = true,
        };
        _id = new RuntimeDefinedParameter(Name, typeof(object), [parameter, new NotBlankAttribute()]);
        Parameters = new RuntimeDefinedParameterDictionary { [Name] = _id };
    }

    /// <summary>The parameters for the engine.</summary>
    public RuntimeDefinedParameterDictionary Parameters { get; }

    /// <summary>The id of the process; null for an object that is none.</summary>
    public object? ProcessId => _id.IsSet ? _id.Value : null;

    /// <summary>The parameter for a command with pipeline input; null for any other.</summary>
    /// <param name="command">The command.</param>
    /// <param name="parameterSet">The parameter set in which the properties of an object bind.</param>
    public static PipedProcess? Of(PSCmdlet command, string parameterSet) =>
        command.MyInvocation.ExpectingInput ? new PipedProcess(parameterSet) : null;
}
