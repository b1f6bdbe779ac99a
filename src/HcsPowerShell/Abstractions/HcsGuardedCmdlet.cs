using System;
using System.Collections.Generic;
using System.Management.Automation;
using HcsPowerShell.Binding;
using HcsPowerShell.Documents;
using HcsPowerShell.Errors;

namespace HcsPowerShell.Abstractions;

/// <summary>What every command has: one way from failures to errors.</summary>
public abstract class HcsGuardedCmdlet : PSCmdlet
{
    private protected HcsGuardedCmdlet() => Preferences = new CommandPreferences(this);

    internal CommandPreferences Preferences { get; }

    /// <summary>
    /// Refuses what was given as null by name or by position: a filter that is null would mean everything.
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

    // Whatever happens to one target is that target's error. What stops a pipeline belongs to the engine, and passes.
    private protected static bool IsTargetFailure(Exception e) =>
        e is not OperationCanceledException
        && e.GetType().Assembly != typeof(PSObject).Assembly;

    /// <summary>Shows a document in the verbose stream, secrets masked; without a reader it is not even masked.</summary>
    private protected void WriteVerboseDocument(string document)
    {
        if (Preferences.VerboseIsRead)
        {
            WriteVerbose("Document: " + SecretMask.Show(document));
        }
    }
}
