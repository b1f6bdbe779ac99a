using System.Management.Automation;
using System.Reflection;

namespace HcsPowerShell.Execution;

/// <summary>
/// The common parameters and preference variables of a command. Each property reads the current value, because a script
/// block further down the pipeline may set a variable while the command runs.
/// </summary>
internal sealed class CommandPreferences(PSCmdlet cmdlet)
{
    /// <summary>True when an error stops the pipeline, or asks the user whether to stop it.</summary>
    public bool ErrorsStop => Stops(Parameter("ErrorAction") ?? Variable("ErrorActionPreference"));

    /// <summary>True when a warning stops the pipeline, or asks the user whether to stop it.</summary>
    public bool WarningsStop =>
        Stops(Parameter("WarningAction") ?? WarningActionOfSwitches ?? Variable("WarningPreference"));

    /// <summary>
    /// True when verbose output is shown or kept. With -Debug alone it is not: the engine would ask at each line whether
    /// to continue.
    /// </summary>
    public bool VerboseIsRead => Switch("Verbose") ?? (Switch("Debug") != true && IsRead("VerbosePreference"));

    /// <summary>True when debug output is shown or kept.</summary>
    public bool DebugIsRead => Switch("Debug") ?? IsRead("DebugPreference");

    /// <summary>True when the command asks for confirmation before a change.</summary>
    public bool Confirms => !IsWhatIf && (Switch("Confirm") ?? IsConfirmPreferred);

    /// <summary>True when the command only tells what it would do.</summary>
    public bool IsWhatIf => Switch("WhatIf") ?? LanguagePrimitives.IsTrue(cmdlet.GetVariableValue("WhatIfPreference"));

    /// <summary>True when an exit code other than 0 is an error, as the user has chosen for native commands.</summary>
    public bool ExitCodesAreErrors =>
        LanguagePrimitives.IsTrue(cmdlet.GetVariableValue("PSNativeCommandUseErrorActionPreference"));

    private bool IsConfirmPreferred =>
        LanguagePrimitives.TryConvertTo(cmdlet.GetVariableValue("ConfirmPreference"), out ConfirmImpact least)
        && least is not ConfirmImpact.None
        && least <= cmdlet.GetType().GetCustomAttribute<CmdletAttribute>()!.ConfirmImpact;

    // For warnings, the engine treats -Debug as Inquire and -Verbose as Continue, in this order, before it reads the
    // variable.
    private ActionPreference? WarningActionOfSwitches =>
        Switch("Debug") == true ? ActionPreference.Inquire
        : Switch("Verbose") == true ? ActionPreference.Continue
        : null;

    private bool IsRead(string variable) =>
        Variable(variable) is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);

    private static bool Stops(ActionPreference? preference) =>
        preference is ActionPreference.Stop or ActionPreference.Inquire;

    private ActionPreference? Parameter(string name) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue(name, out object? value) ? Preference(value) : null;

    private ActionPreference? Variable(string name) => Preference(cmdlet.GetVariableValue(name));

    private bool? Switch(string parameter) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue(parameter, out object? value) && value is SwitchParameter given
            ? given.IsPresent
            : null;

    private static ActionPreference? Preference(object? value) =>
        LanguagePrimitives.TryConvertTo(value, out ActionPreference preference) ? preference : null;
}
