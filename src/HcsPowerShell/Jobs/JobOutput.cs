using System.Collections.Generic;
using System.Management.Automation;
using HcsPowerShell.Errors;
using HcsPowerShell.Execution;

namespace HcsPowerShell.Jobs;

/// <summary>Writes into the streams of a job.</summary>
/// <param name="job">The job.</param>
/// <param name="errorsStop">True when errors stopped the pipeline of the command.</param>
/// <param name="showsComputer">True when the objects tell their computers.</param>
internal sealed class JobOutput(Job job, bool errorsStop, bool showsComputer) : ICommandOutput
{
    /// <summary>
    /// True once an error of the command was written. Lines that a process writes to standard error are data.
    /// </summary>
    public bool HasErrors { get; private set; }

    public long Held { get; private set; }

    public void Object(object value)
    {
        Hold(job.Output.Count, OutputLimit.SizeOf(value));
        job.Output.Add(PSObject.AsPSObject(showsComputer ? ComputerColumn.On(value) : value));
    }

    public void Objects(IReadOnlyList<object> values)
    {
        foreach (object value in values)
        {
            Object(value);
        }
    }

    public void Error(ErrorRecord record)
    {
        HasErrors = true;
        job.Error.Add(record);
    }

    public void StandardError(string line, HcsProcess process)
    {
        if (errorsStop)
        {
            Warning(line);
        }
        else
        {
            Hold(job.Output.Count + job.Error.Count, line.Length);
            job.Error.Add(HcsErrors.StandardError(line, process));
        }
    }

    // Receive-Job takes everything, so nothing is held once the streams are empty.
    private void Hold(int waiting, int size) => Held = (waiting == 0 ? 0 : Held) + size;

    public void Warning(string message) => job.Warning.Add(new WarningRecord(message));

    public void Verbose(string message) => job.Verbose.Add(new VerboseRecord(message));

    public void Debug(string message) => job.Debug.Add(new DebugRecord(message));

    public void Progress(ProgressRecord record) => job.Progress.Add(record);
}
