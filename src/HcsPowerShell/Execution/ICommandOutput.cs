using System.Collections.Generic;
using System.Management.Automation;

namespace HcsPowerShell.Execution;

/// <summary>Where a command writes: its own pipeline, or the job it runs as. May be used from any thread.</summary>
internal interface ICommandOutput
{
    /// <summary>Characters and bytes that were written and that nobody has taken, which take memory as long.</summary>
    long Held { get; }

    void Object(object value);

    /// <summary>Several objects at the cost of one.</summary>
    void Objects(IReadOnlyList<object> values);

    void Error(ErrorRecord record);

    /// <summary>A line a process wrote to standard error: it is no failure, and stops no work.</summary>
    void StandardError(string line, HcsProcess process);

    void Warning(string message);

    void Verbose(string message);

    void Progress(ProgressRecord record);
}
