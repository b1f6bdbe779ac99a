using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Host;
using HcsPowerShell.Binding;
using HcsPowerShell.Errors;
using HcsPowerShell.Execution;

namespace HcsPowerShell.Base;

/// <summary>
/// Checks the arguments of a command, asks for confirmation, and converts failures to errors, in the same way for all
/// commands.
/// </summary>
internal sealed class CommandGuard(PSCmdlet cmdlet)
{
    private bool _yesToAll;
    private bool _noToAll;

    public CommandPreferences Preferences { get; } = new(cmdlet);

    /// <summary>
    /// Refuses an argument that is null, given by name or by position, and a default value that the engine could not
    /// bind: without its filter, a command would act on everything.
    /// </summary>
    /// <remarks>Pipeline input is not bound yet. A null property of a piped object counts as not given.</remarks>
    public void RequireArguments()
    {
        foreach (KeyValuePair<string, object?> given in cmdlet.MyInvocation.BoundParameters)
        {
            if (GivenNull.IsIn(given.Value))
            {
                cmdlet.ThrowTerminatingError(HcsErrors.NullArgument(given.Key));
            }
        }

        if (UnboundDefault.In(cmdlet) is { } parameter)
        {
            cmdlet.ThrowTerminatingError(HcsErrors.UnboundDefault(parameter));
        }
    }

    /// <summary>
    /// Runs work on one target. A failure becomes an error, and the command continues with the other targets.
    /// </summary>
    public void Run(string attempt, object? target, Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (IsTargetFailure(e))
        {
            cmdlet.WriteError(HcsErrors.From(e, attempt, target));
        }
        catch (OperationCanceledException) when (cmdlet.Stopping)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>
    /// Asks for confirmation as -Confirm and -WhatIf require. When the session cannot ask the user, writes one error
    /// for this target and never hangs.
    /// </summary>
    public bool Approve(object target, string action) => Ask(
        Preferences.Confirms,
        () => cmdlet.ShouldProcess(target.ToString(), action),
        $"Cannot ask whether to do this: {action}, on {target}. This session cannot ask.",
        target);

    /// <summary>
    /// Asks a question that is specific to the command. The answer is No unless the user chooses Yes.
    /// </summary>
    /// <param name="question">The question.</param>
    /// <param name="caption">The title of the question.</param>
    /// <param name="failure">The error message when the session cannot ask the user.</param>
    /// <param name="target">The target of the question, as the error shows it.</param>
    public bool Confirm(string question, string caption, string failure, object target) => Ask(
        true,
        () => cmdlet.ShouldContinue(question, caption, hasSecurityImpact: true, ref _yesToAll, ref _noToAll),
        failure,
        target);

    /// <remarks>
    /// A session that serves another one would pass the question on, and a job would then wait until the user receives
    /// it. Therefore such a session does not ask.
    /// </remarks>
    private bool Ask(bool asks, Func<bool> ask, string failure, object target)
    {
        try
        {
            if (!asks || cmdlet.Host.Name != "ServerRemoteHost")
            {
                return ask();
            }
        }
        catch (Exception e) when (CannotAsk(e))
        {
            // The error below applies here too, as it does for a session that does not ask.
        }

        cmdlet.WriteError(HcsErrors.ConfirmationRequired(failure, target));
        return false;
    }

    /// <summary>True for the exceptions of a PowerShell host that cannot ask the user.</summary>
    /// <remarks>The PowerShell console throws a null reference exception at the end of its input.</remarks>
    private static bool CannotAsk(Exception e) =>
        e is HostException or InvalidOperationException or NotImplementedException or NullReferenceException;

    // Each failure of one target is an error of that target. Exceptions that stop the pipeline belong to the engine and
    // pass.
    public static bool IsTargetFailure(Exception e) =>
        e is not OperationCanceledException
        && e.GetType().Assembly != typeof(PSObject).Assembly;
}
