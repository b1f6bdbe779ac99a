using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Host;
using HcsPowerShell.Binding;
using HcsPowerShell.Documents;
using HcsPowerShell.Errors;
using HcsPowerShell.Execution;

namespace HcsPowerShell.Base;

/// <summary>What every command has: one way from failures to errors.</summary>
public abstract class HcsCommand : PSCmdlet
{
    private bool _yesToAll;
    private bool _noToAll;

    private protected HcsCommand() => Preferences = new CommandPreferences(this);

    internal CommandPreferences Preferences { get; }

    /// <summary>
    /// Refuses what was given as null by name or by position, and a default value that could not be bound: without its
    /// filter a command means everything.
    /// </summary>
    /// <remarks>Nothing of the pipeline is bound yet: a property that is null there was not given.</remarks>
    protected override void BeginProcessing()
    {
        foreach (KeyValuePair<string, object?> given in MyInvocation.BoundParameters)
        {
            if (GivenNull.IsIn(given.Value))
            {
                ThrowTerminatingError(HcsErrors.NullArgument(given.Key));
            }
        }

        if (UnboundDefault.In(this) is { } parameter)
        {
            ThrowTerminatingError(HcsErrors.UnboundDefault(parameter));
        }
    }

    /// <summary>Runs work on one target; its failure is an error, and the rest goes on.</summary>
    internal void Guard(string attempt, object? target, Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (IsTargetFailure(e))
        {
            WriteError(HcsErrors.From(e, attempt, target));
        }
        catch (OperationCanceledException) when (Stopping)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>
    /// Asks as -Confirm and -WhatIf want it. Where nobody can answer, that is one error for this target, never a hang.
    /// </summary>
    private protected bool Approve(object target, string action) => Ask(
        Preferences.Confirms,
        () => ShouldProcess(target.ToString(), action),
        $"Cannot ask whether to do this: {action}, on {target}. Nobody can answer here.",
        target);

    /// <summary>Asks a question of the command's own, whose answer is No unless Yes is chosen.</summary>
    /// <param name="question">The question.</param>
    /// <param name="caption">Its title.</param>
    /// <param name="failure">What is said where nobody can answer.</param>
    /// <param name="target">What the question is about, as the error shows it.</param>
    private protected bool Confirm(string question, string caption, string failure, object target) => Ask(
        true,
        () => ShouldContinue(question, caption, hasSecurityImpact: true, ref _yesToAll, ref _noToAll),
        failure,
        target);

    /// <remarks>
    /// A session that serves another one passes the question on, and a job then waits until somebody receives it.
    /// </remarks>
    private bool Ask(bool asks, Func<bool> ask, string failure, object target)
    {
        try
        {
            if (!asks || Host.Name != "ServerRemoteHost")
            {
                return ask();
            }
        }
        catch (Exception e) when (CannotAsk(e))
        {
            // Told below, as for a session that is not even tried.
        }

        WriteError(HcsErrors.ConfirmationRequired(failure, target));
        return false;
    }

    /// <summary>True for the exceptions of a PowerShell host that cannot ask the user.</summary>
    /// <remarks>The console of PowerShell meets the end of its input with a null reference.</remarks>
    private static bool CannotAsk(Exception e) =>
        e is HostException or InvalidOperationException or NotImplementedException or NullReferenceException;

    // Whatever happens to one target is that target's error. What stops a pipeline belongs to the engine, and passes.
    private protected static bool IsTargetFailure(Exception e) =>
        e is not OperationCanceledException
        && e.GetType().Assembly != typeof(PSObject).Assembly;

    /// <summary>Shows a document in the verbose stream, secrets masked; without a reader it is not even masked.</summary>
    private protected void WriteVerboseDocument(string document, Type type)
    {
        if (Preferences.VerboseIsRead)
        {
            WriteVerbose("Document: " + SecretMask.Show(document, type));
        }
    }
}
