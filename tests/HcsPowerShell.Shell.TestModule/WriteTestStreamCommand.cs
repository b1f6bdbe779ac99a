using System;
using System.Management.Automation;

namespace HcsPowerShell.Shell.TestModule;

/// <summary>Writes one line to each stream.</summary>
[Cmdlet(VerbsCommunications.Write, "TestStream")]
public sealed class WriteTestStreamCommand : PSCmdlet
{
    protected override void ProcessRecord()
    {
        WriteObject("an output");
        WriteWarning("a warning");
        WriteVerbose("a verbose message");
        WriteDebug("a debug message");
        WriteInformation(new HostInformationMessage { Message = "a host message" }, ["PSHOST"]);
        WriteProgress(new ProgressRecord(1, "an activity", "a status") { PercentComplete = 50 });
        WriteError(new ErrorRecord(new InvalidOperationException("an error"), "TestError", ErrorCategory.NotSpecified, null));
    }
}
