using System.Management.Automation;
using System.Threading;

namespace HcsPowerShell.Shell.TestModule;

/// <summary>Reports progress until a file exists.</summary>
[Cmdlet(VerbsCommunications.Write, "TestProgress")]
public sealed class WriteTestProgressCommand : PSCmdlet
{
    [Parameter(Mandatory = true)]
    public string Until { get; set; } = string.Empty;

    protected override void ProcessRecord()
    {
        var record = new ProgressRecord(1, "copying", "a layer") { PercentComplete = 50 };
        while (!System.IO.File.Exists(Until))
        {
            WriteProgress(record);
            Thread.Sleep(10);
        }

        record.RecordType = ProgressRecordType.Completed;
        WriteProgress(record);
    }
}
