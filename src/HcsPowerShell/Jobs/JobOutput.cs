using System.Collections.Generic;
using System.Management.Automation;
using HcsPowerShell.Abstractions;

namespace HcsPowerShell.Jobs;

/// <summary>Writes into the streams of a job.</summary>
internal sealed class JobOutput(Job job) : ICommandOutput
{
    /// <summary>True once an error of the command was written; what a process says on standard error is data.</summary>
    public bool HasErrors { get; private set; }

    public void Object(object value) => job.Output.Add(PSObject.AsPSObject(value));

    public void Objects(IReadOnlyList<object> values)
    {
        foreach (object value in values)
        {
            Object(value);
        }
    }

    public void Error(ErrorRecord record)
    {
        HasErrors |= record.CategoryInfo.Category != ErrorCategory.FromStdErr;
        job.Error.Add(record);
    }

    public void Warning(string message) => job.Warning.Add(new WarningRecord(message));

    public void Verbose(string message) => job.Verbose.Add(new VerboseRecord(message));

    public void Progress(ProgressRecord record) => job.Progress.Add(record);
}
