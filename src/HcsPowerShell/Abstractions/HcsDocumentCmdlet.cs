using System;
using System.Management.Automation;
using HcsPowerShell.Errors;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Translation;

namespace HcsPowerShell.Abstractions;

/// <summary>A command that works on documents alone and needs no host.</summary>
public abstract class HcsDocumentCmdlet : PSCmdlet
{
    private protected HcsDocumentCmdlet()
    {
    }

    /// <summary>Runs work on one document; what is wrong with it is an error, and the rest goes on.</summary>
    private protected void Guard(string attempt, object? target, Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is HcsDocumentException or HcsTranslationException)
        {
            WriteError(HcsErrors.From(e, attempt, target));
        }
    }
}
