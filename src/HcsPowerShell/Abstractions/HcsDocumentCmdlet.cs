namespace HcsPowerShell.Abstractions;

/// <summary>A command that works on documents alone and needs no host.</summary>
public abstract class HcsDocumentCmdlet : HcsGuardedCmdlet
{
    private protected HcsDocumentCmdlet()
    {
    }
}
