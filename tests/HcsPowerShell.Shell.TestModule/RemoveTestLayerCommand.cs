using System.Management.Automation;

namespace HcsPowerShell.Shell.TestModule;

/// <summary>Asks before it does anything.</summary>
[Cmdlet(VerbsCommon.Remove, "TestLayer", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveTestLayerCommand : PSCmdlet
{
    protected override void ProcessRecord()
    {
        if (ShouldProcess("base"))
        {
            WriteObject("removed");
        }
    }
}
