using System.Management.Automation;

namespace HcsPowerShell.Base;

/// <summary>The base class of the commands that work on documents and files, and use no host.</summary>
public abstract class HcsDocumentCommand : PSCmdlet
{
    private protected HcsDocumentCommand() => Guarded = new CommandGuard(this);

    private protected CommandGuard Guarded { get; }

    /// <inheritdoc cref="CommandGuard.RequireArguments"/>
    protected override void BeginProcessing() => Guarded.RequireArguments();
}
