using System.Collections.Generic;
using System.Management.Automation;

namespace HcsPowerShell.Abstractions;

/// <summary>Where a command writes: its own pipeline, or the job it runs as. May be used from any thread.</summary>
internal interface ICommandOutput
{
    void Object(object value);

    /// <summary>Several objects at the cost of one.</summary>
    void Objects(IReadOnlyList<object> values);

    void Error(ErrorRecord record);

    void Warning(string message);

    void Verbose(string message);

    void Progress(ProgressRecord record);
}
