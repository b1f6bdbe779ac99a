using System.Collections.Generic;
using System.Management.Automation;

namespace HcsPowerShell.Execution;

/// <summary>The output of a command: its own pipeline, or the job that it runs as. Any thread may use it.</summary>
internal interface ICommandOutput
{
    /// <summary>
    /// The number of characters and bytes that were written and not yet received; they occupy memory until then.
    /// </summary>
    long Held { get; }

    void Object(object value);

    /// <summary>Writes several objects at the cost of one.</summary>
    void Objects(IReadOnlyList<object> values);

    void Error(ErrorRecord record);

    /// <summary>
    /// Writes a line that a process wrote to standard error. The line does not mean a failure, and stops no work.
    /// </summary>
    void StandardError(string line, HcsProcess process);

    void Warning(string message);

    void Verbose(string message);

    void Debug(string message);

    void Progress(ProgressRecord record);
}
